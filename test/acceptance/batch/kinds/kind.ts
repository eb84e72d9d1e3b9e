import type { Files } from '../ten-packages.ts';

/** Something that is wrong in one package of a batch, or may seem so. */
export interface Kind {
  readonly name: string;
  /** Of the guilty package. */
  readonly files: Files;
  /** Files of other packages, by the packages' names. */
  readonly others?: Readonly<Record<string, Files>>;
  /** What the guilty task's own output says. */
  readonly says: RegExp;
  /** What no other task's output says; default: `says`. */
  readonly saysAlone?: RegExp;
  /** Whether the task passes all the same. */
  readonly isGreen?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A test file of one test. */
export function oneTest(body: string, before = ''): Files {
  return {
    'src/index.test.ts': `import { afterAll, expect, test, vi } from 'vitest';
${before}
test('guilty', async () => {
  expect(vi).toBeDefined();
  ${body}
});
`,
  };
}

/** A test file whose module scope does something before its tests. */
export function atImport(statements: string): Files {
  return oneTest('', statements);
}
