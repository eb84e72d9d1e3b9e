import type { SourceFile } from './read-package.ts';

/** The words by which code does what is told as left behind. */
const SIGNS = [
  // globalThis.count was added; process.env.STAGE is "test"
  /^ *- [\w$.:]+\.([\w$]+) (?:was|is) /,
  // fake timers (vi.useFakeTimers)
  /\(vi\.(\w+)\)$/,
  // a listener of process.on('exit')
  /\.on\('([^']+)'\)$/,
];

/**
 * The set-up file that left something behind in place of the test that is told of; undefined where none did.
 * @param failures of the test file, where it lies in the trial.
 * @param test its source.
 * @param setups the set-up files of its project.
 */
export function setUpToBlame(
  failures: readonly string[],
  test: SourceFile | undefined,
  setups: readonly SourceFile[],
): string | undefined {
  const left = failures
    .filter((failure) => failure.startsWith('StateLeftBehind: '))
    .flatMap((failure) => failure.split('\n').filter((line) => /^ *- /.test(line)));
  const signs = left.flatMap((line) => SIGNS.map((sign) => sign.exec(line)?.[1]).find(Boolean) ?? []);
  const foreign = signs.filter((sign) => !has(test?.text ?? '', sign));
  const blamed = setups.find(
    ({ path, text }) => foreign.some((sign) => has(text, sign)) || left.some((line) => line.includes(`/${path}:`)),
  );
  return blamed?.path;
}

function has(text: string, word: string): boolean {
  return text.split(/([\w$]+)/).includes(word);
}
