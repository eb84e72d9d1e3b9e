import { describe, expect, test } from 'vitest';
import { referencesIn, relocate } from './relocate.ts';

/** The source as it is after the move of test/deep/a.spec.ts to src/a.test.ts. */
function move(source: string, moved: ReadonlyMap<string, string> = new Map()): string {
  return relocate(source, referencesIn('test/deep/a.spec.ts', source), {
    from: 'test/deep/a.spec.ts',
    to: 'src/a.test.ts',
    moved,
  });
}

describe('references to files beside a source follow it', () => {
  test.each([
    ["import { a } from '../../src/a.ts';", "import { a } from './a.ts';"],
    ['import type { A } from "../../src/sub/a";', 'import type { A } from "./sub/a";'],
    ["import '../setup';", "import '../test/setup';"],
    ["export * from './util.js';", "export * from '../test/deep/util.js';"],
    ["export { b } from '../..';", "export { b } from '..';"],
    ["await import('./b.ts');", "await import('../test/deep/b.ts');"],
    ["type A = import('./b.ts').A;", "type A = import('../test/deep/b.ts').A;"],
    ["require('./b.ts');", "require('../test/deep/b.ts');"],
    ["await vi.importActual('./b.ts');", "await vi.importActual('../test/deep/b.ts');"],
    ["new URL('./data.json', import.meta.url);", "new URL('../test/deep/data.json', import.meta.url);"],
    ["join(import.meta.dirname, 'data', 'a.json');", "join(import.meta.dirname, '../test/deep/data', 'a.json');"],
    ["path.resolve(__dirname, '../fixtures/');", "path.resolve(__dirname, '../test/fixtures/');"],
  ])('%s', (source, expected) => {
    expect(move(source)).toBe(expected);
  });
});

test('the rest stays as it is: packages, comments, texts, other paths', () => {
  const source = `import { test } from 'vitest';
import { a } from '@scope/a/../src';
// import { b } from './b.ts';
const text = "import './c.ts'";
join(folder, './d.ts');
new URL('./e', base);
test('./f.ts', () => {});
`;
  expect(move(source)).toBe(source);
});

test('a file that moves too is found where it goes', () => {
  const moved = new Map([['test/deep/b.spec.ts', 'src/b.test.ts']]);
  expect(move("import './b.spec.ts';", moved)).toBe("import './b.test.ts';");
});

test('a source that cannot be parsed', () => {
  expect(() => referencesIn('a.ts', 'const = 1')).toThrow('a.ts is to be edited, but is not valid TypeScript');
});
