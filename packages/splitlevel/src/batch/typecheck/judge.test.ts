import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import type { CompilerError } from './output.ts';
import type { Package } from './packages.ts';

const packageOf = (folder: string): Package => ({
  task: { id: folder, project: folder, folder, command: '', args: [], environment: {}, ownEnvironment: {} },
  shared: '../tsconfig.json',
  include: [`../${folder}`],
});
const [a, b, c, d] = [packageOf('a'), packageOf('b'), packageOf('c'), packageOf('d')];

/** Of packages that reach a file of the same name; `b` reaches that of `a` too, and `d` one that affects the others. */
function judgeErrors(...errors: readonly CompilerError[]) {
  return judge({
    output: { errors, files: new Map() },
    reach: new Map([
      [a, new Set(['a.ts'])],
      [b, new Set(['a.ts', 'b.ts'])],
      [c, new Set(['c.ts'])],
      [d, new Set(['d.ts'])],
    ]),
    affecting: [],
    augmented: [],
  });
}

const errorIn = (name: string, code: number) => ({ file: `${name}.ts`, code, text: `${name}.ts(1,1): ${code}\n` });

test('an error is printed by every package that reaches its file, in the order of the program', () => {
  expect(judgeErrors(errorIn('a', 2322), errorIn('b', 2304))).toEqual({
    known: new Map([
      [a, 'a.ts(1,1): 2322\n'],
      [b, 'a.ts(1,1): 2322\nb.ts(1,1): 2304\n'],
      [c, ''],
      [d, ''],
    ]),
    open: [],
  });
});

test('beside a syntax error, a package without errors is open', () => {
  expect(judgeErrors(errorIn('a', 1005))).toEqual({
    known: new Map([
      [a, 'a.ts(1,1): 1005\n'],
      [b, 'a.ts(1,1): 1005\n'],
    ]),
    open: [[c, d]],
  });
});

test('a package with an error that depends on the order of files is neither known nor open', () => {
  const { known, open } = judgeErrors(errorIn('a', 2403), errorIn('c', 2322));
  expect([...known.keys()]).toEqual([c, d]);
  expect(open).toEqual([]);
});

test('packages with other globals than the program’s are open, one class together', () => {
  const reach = new Map([
    [a, new Set(['x.ts'])],
    [b, new Set<string>()],
    [c, new Set<string>()],
  ]);
  const judgement = judge({ output: { errors: [], files: new Map() }, reach, affecting: ['x.ts'], augmented: [] });
  expect(judgement).toEqual({ known: new Map([[a, '']]), open: [[b, c]] });
});
