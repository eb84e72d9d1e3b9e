/** A fault that a target must refuse. */
export interface KnownFault {
  /** As findings name it: what passes if it is not refused. */
  readonly name: string;
  readonly target: 'lint' | 'typecheck' | 'unit' | 'integration';
  /** The rule of Biome, or the option of the compiler, that refuses it. */
  readonly by?: string;
  /** Its file, relative to the package that is made of known faults. */
  readonly path: string;
  readonly text: string;
}

const test = (suite: 'src' | 'integration', name: string, lines: string): Pick<KnownFault, 'path' | 'text'> => ({
  path: `${suite}/${name}.test.ts`,
  text: `import { expect, test, vi } from 'vitest';\n${lines}\nvoid [expect, test, vi];\n`,
});
const swallow = (statement: string) =>
  `test('swallows the refusal', async () => {\n  try {\n    ${statement}\n  } catch {}\n});`;

function lint(by: string, text: string): KnownFault {
  const path = `src/lint-${by.toLowerCase()}.ts`;
  return { name: `what ${by} refuses`, target: 'lint', by, path, text };
}

function type(by: string, text: string): KnownFault {
  const path = `src/types-${by.toLowerCase()}.ts`;
  return { name: `what ${by} refuses`, target: 'typecheck', by, path, text };
}

/** Each test passes unless a guard refuses it, or unless a failing test counts. */
export const knownFaults: readonly KnownFault[] = [
  { name: 'a test that fails', target: 'unit', ...test('src', 'fails', "test('fails', () => expect(1).toBe(2));") },
  {
    name: 'a test that writes a file',
    target: 'unit',
    ...test('src', 'writes', swallow("(await import('node:fs')).writeFileSync(import.meta.filename + '.txt', '');")),
  },
  {
    name: 'a test that opens a socket',
    target: 'unit',
    ...test('src', 'connects', swallow("await fetch('http://127.0.0.1:8080/');")),
  },
  {
    name: 'a test that listens',
    target: 'unit',
    ...test(
      'src',
      'listens',
      swallow("const { createServer } = await import('node:net'); createServer().listen(0).close();"),
    ),
  },
  {
    name: 'a test that starts a process',
    target: 'unit',
    ...test('src', 'spawns', swallow("(await import('node:child_process')).spawnSync('true');")),
  },
  {
    name: 'a test that resolves a name',
    target: 'unit',
    ...test('src', 'resolves', swallow("await (await import('node:dns/promises')).lookup('localhost');")),
  },
  {
    name: 'a test that mocks a module',
    target: 'unit',
    ...test('src', 'mocks', "vi.mock('node:os');\ntest('mocks', () => {});"),
  },
  {
    name: 'a test that runs alone (test.only)',
    target: 'unit',
    ...test('src', 'alone', "test.only('alone', () => {});"),
  },
  {
    name: 'a test that leaves the environment changed',
    target: 'unit',
    ...test('src', 'leaves', "test('leaves', () => { process.env.KNOWN_FAULT = '1'; });"),
  },
  {
    name: 'a promise that is rejected after the tests',
    target: 'unit',
    ...test('src', 'rejects', "test('rejects', () => { void Promise.reject(new Error('known fault')); });"),
  },
  {
    name: 'a test that fails',
    target: 'integration',
    ...test('integration', 'fails', "test('fails', () => expect(1).toBe(2));"),
  },
  {
    name: 'a test that mocks a module',
    target: 'integration',
    ...test('integration', 'mocks', "vi.mock('node:os');\ntest('mocks', () => {});"),
  },
  {
    name: 'a test that replaces the export of a module',
    target: 'integration',
    ...test(
      'integration',
      'spies',
      "import * as self from './spies.test.ts';\nexport const one = () => 1;\ntest('spies', () => { vi.spyOn(self, 'one'); });",
    ),
  },
  lint('format', 'export const   unformatted = 1\n'),
  lint('noFloatingPromises', 'const later = async () => 1;\n\nexport function start(): void {\n  later();\n}\n'),
  lint('noUndeclaredDependencies', "export { known } from 'fault-that-nobody-declares';\n"),
  lint('noDebugger', 'export function stop(): void {\n  debugger;\n}\n'),
  {
    name: 'a fault in integration/',
    target: 'lint',
    by: 'noDebugger',
    path: 'integration/lint-nodebugger.ts',
    text: 'export function stop(): void {\n  debugger;\n}\n',
  },
  lint('noExplicitAny', 'export const anything = (value: any): unknown => value.x;\n'),
  lint('noTsIgnore', "// @ts-ignore\nexport const wrong: number = 'text';\n"),
  lint('noUnusedImports', "import { join } from 'node:path';\n\nexport const nothing = 1;\n"),
  type('strict', 'export const same = (value) => value;\n'),
  type('strictNullChecks', 'export const length = (text: string | undefined): number => text.length;\n'),
  type(
    'useUnknownInCatchVariables',
    'export function f(): void {\n  try {\n    f();\n  } catch (error) {\n    error.x();\n  }\n}\n',
  ),
  type('exactOptionalPropertyTypes', 'export const one: { a?: number } = { a: undefined };\n'),
  type(
    'noFallthroughCasesInSwitch',
    'export function f(x: number): void {\n  switch (x) {\n    case 1:\n      f(2);\n    case 2:\n      f(3);\n  }\n}\n',
  ),
  type('noImplicitOverride', 'class A {\n  f(): void {}\n}\nexport class B extends A {\n  f(): void {}\n}\n'),
  type('noImplicitReturns', 'export function f(x: number) {\n  if (x > 1) return 1;\n}\n'),
  type('noUncheckedIndexedAccess', 'export const first = (list: number[]): number => list[0];\n'),
  type('noUnusedLocals', 'const unused = 1;\nexport {};\n'),
  type('noUnusedParameters', 'export const f = (unused: number): number => 1;\n'),
  type('erasableSyntaxOnly', 'export enum Kind {\n  One,\n}\n'),
  type('verbatimModuleSyntax', "import { PathLike } from 'node:fs';\nexport type Of = PathLike;\n"),
];
