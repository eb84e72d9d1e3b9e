import { expect, test } from 'vitest';
import { readSource } from './read-source.ts';

test('imports for more than types', () => {
  const text = `import type { A } from './a.ts';
import { b } from './b.ts';
export * from './c.ts';
export { d } from './d.ts';
const e = await import('./e.ts');`;
  expect(readSource(text).imports).toEqual(['./b.ts', './c.ts', './d.ts', './e.ts']);
});

test('calls, also on what has no name', () => {
  const { calls } = readSource('fetch(url); app.listen(1); createServer().listen(2); a?.b?.(1);');
  expect([...calls].toSorted()).toEqual(['(…).listen', 'a.b', 'app.listen', 'createServer', 'fetch']);
});

test('mocks of modules, and no others', () => {
  const text = `import { vi } from 'vitest';
import * as prices from './prices.ts';
// vi.mock('./comment.ts')
vi.mock('./a.ts');
vi.doMock(name);
vi.spyOn(prices, 'total');
vi.spyOn(service, 'total');
const text = "vi.mock('./text.ts')";
vi.fn();`;
  expect(readSource(text).mocks).toEqual([
    { text: 'vi.mock(./a.ts)', line: 4 },
    { text: 'vi.doMock(…)', line: 5 },
    { text: 'vi.spyOn(prices)', line: 6 },
  ]);
});

test('images of containers', () => {
  const text = "\nnew GenericContainer('redis:7');\nnew PostgreSqlContainer(image);\nnew URL('postgres:16');";
  expect(readSource(text).images).toEqual([{ text: 'redis:7', line: 2 }]);
});

test('a file that cannot be parsed does nothing', () => {
  expect(readSource('const = 1')).toMatchObject({
    imports: [],
    references: [],
    calls: new Set(),
    mocks: [],
    images: [],
  });
});
