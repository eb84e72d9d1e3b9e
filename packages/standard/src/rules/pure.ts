import type { Rule } from '../finding.ts';
import { ownerOf, rootName } from '../owner.ts';

export const pure: Rule = {
  name: 'pure',
  asks: 'unit tests do no I/O, under the guard',
  check: ({ unitRun: { files, observations, alive, exitCode, output }, packages }) => {
    const seen = new Map(observations.map((each) => [`${each.file}\n${each.test}\n${each.tried}`, each]));
    const impure = [...seen.values()].map(({ file, test, activity, tried, frame }) => ({
      package: ownerOf(file, packages),
      what: `${file}: ${test === undefined ? 'its module scope or a hook' : JSON.stringify(test)} tries to ${tried}${frame === undefined || frame.startsWith(`${file}:`) ? '' : ` at ${frame}`}`,
      todo:
        activity === 'mock'
          ? 'Let the code take what it depends on as an argument, and pass a double in.'
          : 'Pass a double in, or move the test to integration/.',
    }));
    const blamed = new Set(observations.map(({ file }) => file));
    const red = [...files].filter(([file, { passed }]) => !passed && !blamed.has(file));
    const failing = red.map(([file, { failures, tests }]) => ({
      package: ownerOf(file, packages),
      what: `${file} fails, so that the guard has not seen all of it: ${(failures[0] ?? (tests === 0 ? 'it has no tests' : 'no reason given')).split('\n')[0]}`,
      todo: `Run npx vitest run --project unit ${file}, and mend it.`,
    }));
    const unguarded = withoutGuard([...files.keys()].filter((file) => !alive.has(file))).map(({ what, file }) => ({
      package: ownerOf(file, packages),
      what,
      todo: 'Put @splitlevel/guards/unit back into the setupFiles of the project unit in vitest.config.ts.',
    }));
    const found = [...impure, ...failing, ...unguarded];
    // A repository that was just made has nothing to run.
    if (files.size === 0 && !packages.some((each) => each.files.some(isUnitTest))) {
      return found;
    }
    if (files.size > 0 && (exitCode === 0 || found.length > 0)) {
      return found;
    }
    const failed = {
      package: rootName(packages),
      what: `Whether unit tests are pure cannot be told, since the suite fails: ${lastLines(output)}`,
      todo: 'Run npx vitest run --project unit, and mend it.',
    };
    return [...found, failed];
  },
};

function isUnitTest(path: string): boolean {
  return /^(src|generators)\/.*\.test\.ts$/.test(path);
}

/** Files in which the guard gave no sign of life: a sentence for all where there are many. */
function withoutGuard(files: readonly string[]): readonly { file: string; what: string }[] {
  const cannot = 'cannot be told, since the guard was not at work';
  if (files.length <= 3) {
    return files.map((file) => ({ file, what: `${file}: whether it is pure ${cannot} there` }));
  }
  return [
    {
      file: '',
      what: `vitest.config.ts: whether ${files.length} files of unit tests are pure ${cannot} in them, as ${files[0]}`,
    },
  ];
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' ').slice(-300);
}
