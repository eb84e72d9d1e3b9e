const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.d.ts'];
/** The sources that an import may name by the ending of what is made of them. */
const MADE_OF: readonly [RegExp, readonly string[]][] = [
  [/\.js$/, ['.ts', '.tsx']],
  [/\.jsx$/, ['.tsx']],
  [/\.mjs$/, ['.mts']],
  [/\.cjs$/, ['.cts']],
];

/**
 * The file that an import leads to, as Vite finds it.
 * @param target the specifier's path, relative to the package; endings and `index` may be left out.
 * @returns undefined where there is none among the files.
 */
export function resolveFile(target: string, files: ReadonlySet<string>): string | undefined {
  const folder = target.replace(/\/$/, '');
  const index = folder === '.' || folder === '' ? 'index' : `${folder}/index`;
  const made = MADE_OF.flatMap(([ending, sources]) =>
    ending.test(target) ? sources.map((source) => target.replace(ending, source)) : [],
  );
  const candidates = [
    target,
    ...made,
    ...ENDINGS.map((ending) => `${folder}${ending}`),
    ...ENDINGS.map((each) => `${index}${each}`),
  ];
  return candidates.find((candidate) => files.has(candidate));
}
