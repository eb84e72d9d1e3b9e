/** A package as its author wrote it, and the outcome of adopting it. */
export interface HandWritten {
  readonly files: Readonly<Record<string, string>>;
  /** The later paths of its test files, by their present ones; the same one for a file that stays. */
  readonly places: Readonly<Record<string, string>>;
  /** The fates of its settings in the report, by the beginning of their lines. */
  readonly settings?: Readonly<Record<string, RegExp>>;
  /** The reasons in the report for the files that stay. */
  readonly stays?: Readonly<Record<string, RegExp>>;
  /** Parts of files after the run. */
  readonly texts?: Readonly<Record<string, string | RegExp>>;
  /** Files that are removed. */
  readonly gone?: readonly string[];
  /** The suites of the package. Default: unit. */
  readonly suites?: readonly string[];
}

export const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './src/index.ts', ...more });
export const add = 'export const add = (a: number, b: number): number => a + b;\n';
export const fine = "import { expect, test } from 'vitest'; test('fine', () => { expect(1).toBe(1); });\n";
export const adds = (from: string) =>
  `import { expect, test } from 'vitest'; import { add } from '${from}'; test('adds', () => { expect(add(1, 2)).toBe(3); });\n`;
