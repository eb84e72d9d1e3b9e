import { expect, test } from 'vitest';
import { aSource } from './a-repository.ts';
import { readSource } from './read-source.ts';

test('imports for more than types', () => {
  const text = `import type { A } from './a.ts';
import { b } from './b.ts';
export * from './c.ts';
export { d } from './d.ts';
const e = await import('./e.ts');
const f = require('./f.cjs');`;
  expect(readSource(text).imports).toEqual(['./b.ts', './c.ts', './d.ts', './e.ts', './f.cjs']);
});

test('calls, also on what has no name', () => {
  const { calls } = readSource('fetch(url); app.listen(1); createServer().listen(2); a?.b?.(1);');
  expect([...calls].toSorted()).toEqual(['(…).listen', 'a.b', 'app.listen', 'createServer', 'fetch']);
});

test('mocks of modules and of the network, and no others', () => {
  const text = `import { vi, vi as double } from 'vitest';
import * as prices from './prices.ts';
// vi.mock('./comment.ts')
vi.mock('./a.ts');
vi.doMock(name);
vi.spyOn(prices, 'total');
vi.spyOn(service, 'total');
const text = "vi.mock('./text.ts')";
vi.fn();
double.mock('./b.ts');
vi.stubGlobal('fetch', vi.fn());
vi.stubGlobal('innerWidth', 100);
globalThis.fetch = async () => new Response();
jest.mock('./c.ts');`;
  expect(readSource(text).mocks).toEqual([
    { text: 'vi.mock(./a.ts)', line: 4 },
    { text: 'vi.doMock(…)', line: 5 },
    { text: 'vi.spyOn(prices)', line: 6 },
    { text: 'vi.mock(./b.ts)', line: 10 },
    { text: 'vi.stubGlobal(fetch)', line: 11 },
    { text: 'globalThis.fetch = …', line: 13 },
    { text: 'jest.mock(./c.ts)', line: 14 },
  ]);
});

test('images of containers, and what may be one', () => {
  const text = "\nnew GenericContainer('redis:7');\nnew PostgreSqlContainer(image);\nconst url = 'http://x:1/';";
  expect(readSource(text)).toMatchObject({
    images: [{ text: 'redis:7', line: 2 }],
    literals: [{ text: 'redis:7', line: 2 }],
  });
});

test.each([
  "test.skip('x', () => {});",
  "describe.skip.each([1])('%i', () => {});",
  "it.only('x', () => {});",
  "test.todo('x');",
  "test.skipIf(process.env.CI)('x', () => {});",
  "describe.runIf(isLinux)('x', () => {});",
  "test['skip']('x', () => {});",
  "orderTest.skip('x', () => {});",
  'const later = test.skip;',
  "test.concurrent.skip('x', () => {});",
  "test.fails('x', () => {});",
  "xit('x', () => {});",
  "fdescribe('x', () => {});",
  "test('x', { skip: true }, () => {});",
  "test('x', { fails: true }, () => {});",
  "test('x', { retry: 2 }, () => {});",
  "test.concurrent('x', { skip: true }, () => {});",
  "orderTest('x', { todo: true }, () => {});",
  "test.each([1])('%i', { skip: true }, () => {});",
  'vi.setConfig({ retry: 2 });',
  "test('x', { 'only': isMine }, () => {});",
  "test('x', (context) => { context.skip(); });",
  "test('x', ({ skip }) => { skip('later'); });",
  "import { test as check } from 'vitest';\ncheck.skip('x', () => {});",
  'test.skip.each`a\n${1}`("x", () => {});',
])('%s skips a test', (text) => {
  expect(readSource(text).skips).toHaveLength(1);
});

test.each([
  "test('x', { skip: false, timeout: 1 }, () => {});",
  "test.concurrent('x', { retry: 0 }, () => {});",
  'vi.setConfig({ testTimeout: 10 });',
  "request('x', { retry: 2 });",
  'reader.skip(16);',
  "// test.skip('x')",
  "test('skip', () => {});",
  'only(1);',
])('%s skips none', (text) => {
  expect(readSource(text).skips).toEqual([]);
});

test('tests that a file defines when it is loaded', () => {
  const text = `export function tests() { test('inside', () => {}); }
export const test = base.extend('a', 1);
describe('a', () => {});
test.each([1])('%i', () => {});
await suite('b');`;
  expect(readSource(text).tests.map(({ line }) => line)).toEqual([3, 4, 5]);
});

test('comments that switch a tool off for a file', () => {
  const text = `// @ts-nocheck
/* biome-ignore-all lint: later */
// biome-ignore lint/suspicious/noDebugger: one line, with its reason
// @ts-expect-error one line
const text = '// @ts-nocheck';
  // biome-ignore-start lint`;
  expect(readSource(text).silences).toEqual([
    { text: '@ts-nocheck', line: 1 },
    { text: 'biome-ignore-all', line: 2 },
    { text: 'biome-ignore-start', line: 6 },
  ]);
});

test('a test that the testkit makes from the needs', () => {
  const imports = "import { createTest } from '@x/testkit';\nimport { needs } from './needs.ts';\n";
  expect(readSource(`${imports}export const test = createTest(import.meta.dirname, needs);`).createsTest).toBe(true);
  expect(readSource(`${imports}export const test = createTest();`).createsTest).toBe(false);
  expect(readSource('export const test = createTest(import.meta.dirname, {});').createsTest).toBe(false);
});

test('a file that cannot be parsed does nothing', () => {
  expect(readSource('const = 1')).toEqual(aSource());
});
