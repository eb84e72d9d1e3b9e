import { describe, expect, test } from 'vitest';
import { referencesIn } from './references.ts';
import { applyEdits, type Relocation, relocate } from './relocate.ts';
import { statementsOf } from './syntax.ts';

/** The source as it is after the move of test/deep/a.spec.ts to src/a.test.ts. */
function move(source: string, changes: Partial<Relocation> = {}): string {
  const relocation = { from: 'test/deep/a.spec.ts', to: 'src/a.test.ts', moved: new Map(), ...changes };
  const references = referencesIn(statementsOf(relocation.from, source));
  return applyEdits(source, relocate(source, references, relocation));
}

const files = new Set([
  'src/index.ts',
  'src/util.ts',
  'src/deep/index.ts',
  'test/deep/data/x.json',
  'test/fixtures/a.txt',
  'scripts/run.js',
]);

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
    ["import text from './a.txt?raw';", "import text from '../test/deep/a.txt?raw';"],
    ["new URL('./data.json', import.meta.url);", "new URL('../test/deep/data.json', import.meta.url);"],
    ["new URL('data.json', import.meta.url);", "new URL('../test/deep/data.json', import.meta.url);"],
    ["new URL('.', import.meta.url);", "new URL('../test/deep/', import.meta.url);"],
    ["new URL('..', import.meta.url);", "new URL('../test/', import.meta.url);"],
    ["new URL('./data/', import.meta.url);", "new URL('../test/deep/data/', import.meta.url);"],
    ["join(import.meta.dirname, 'data', 'a.json');", "join(import.meta.dirname, '../test/deep/data', 'a.json');"],
    ["path.resolve(__dirname, '../fixtures/');", "path.resolve(__dirname, '../test/fixtures/');"],
    ['const here = import.meta.dirname;', 'const here = `${import.meta.dirname}/../test/deep`;'],
    ['join(import.meta.dirname, name);', 'join(`${import.meta.dirname}/../test/deep`, name);'],
    ['dirname(import.meta.filename);', 'dirname(`${import.meta.dirname}/../test/deep/a.spec.ts`);'],
    [
      'dirname(fileURLToPath(import.meta.url));',
      "dirname(fileURLToPath(new URL('../test/deep/a.spec.ts', import.meta.url)));",
    ],
    ['createRequire(import.meta.url);', "createRequire(new URL('../test/deep/a.spec.ts', import.meta.url));"],
    ["await expect(x).toMatchFileSnapshot('./a.html');", "await expect(x).toMatchFileSnapshot('../test/deep/a.html');"],
  ])('%s', (source, expected) => {
    expect(move(source)).toBe(expected);
  });
});

test('the rest stays as it is: packages, comments, strings, other paths', () => {
  const source = `import { test } from 'vitest';
import { a } from '@scope/a/../src';
// import { b } from './b.ts';
const text = "import './c.ts'";
join(folder, './d.ts');
new URL('./e', base);
new URL('https://example.org', import.meta.url);
vi.stubEnv('src', './g.ts');
test('./f.ts', () => {});
`;
  expect(move(source, { files, workingFolder: '' })).toBe(source);
});

test('a file that moves too is found where it goes', () => {
  const moved = new Map([['test/deep/b.spec.ts', 'src/b.test.ts']]);
  expect(move("import './b.spec.ts';", { moved })).toBe("import './b.test.ts';");
  expect(move("import './b.spec';", { moved, files: new Set(['test/deep/b.spec.ts']) })).toBe("import './b.test.ts';");
});

test('an import that leaves out its ending gets it, since Node and TypeScript want it', () => {
  expect(move("import '../../src/index'; import '../../src/deep'; import '../../src/util.js';", { files })).toBe(
    "import './index.ts'; import './deep/index.ts'; import './util.js';",
  );
  const inPlace = { from: 'src/index.ts', to: 'src/index.ts', files };
  expect(move("export * from './util';", inPlace)).toBe("export * from './util.ts';");
});

test('an alias is what it stands for', () => {
  const aliases = [
    { find: '@', replacement: 'src', inPackage: true },
    { find: /^~(.*)$/, replacement: 'src/$1', inPackage: true },
    { find: 'lodash-es', replacement: 'lodash', inPackage: false },
  ];
  expect(move("import '@/index'; import '~util'; import 'lodash-es/map'; import '@scope/x';", { files, aliases })).toBe(
    "import './index.ts'; import './util.ts'; import 'lodash/map'; import '@scope/x';",
  );
});

describe('paths relative to the working directory lead from the file', () => {
  test.each([
    [
      "readFileSync('test/fixtures/a.txt', 'utf8');",
      "readFileSync(`${import.meta.dirname}/../test/fixtures/a.txt`, 'utf8');",
    ],
    [
      "await fs.promises.readdir('./test/fixtures/');",
      'await fs.promises.readdir(`${import.meta.dirname}/../test/fixtures/`);',
    ],
    ["resolve('test', 'fixtures');", "resolve(`${import.meta.dirname}/../test`, 'fixtures');"],
    [
      "readFileSync(join('test', 'fixtures', 'a.txt'));",
      "readFileSync(join(`${import.meta.dirname}/../test`, 'fixtures', 'a.txt'));",
    ],
    ["join(process.cwd(), 'test');", "join(`${import.meta.dirname}/..`, 'test');"],
    [
      "spawn(process.execPath, ['scripts/run.js', '-x']);",
      "spawn(process.execPath, [`${import.meta.dirname}/../scripts/run.js`, '-x']);",
    ],
  ])('%s', (source, expected) => {
    expect(move(source, { files, workingFolder: '' })).toBe(expected);
    expect(move(source, { files }), 'production code stays as it is').toBe(source);
  });

  test('a file that is yet to be written too', () => {
    expect(move("writeFileSync('test/out/new.txt', '');", { files, workingFolder: '' })).toBe(
      "writeFileSync(`${import.meta.dirname}/../test/out/new.txt`, '');",
    );
  });

  test.each(["readFileSync('elsewhere.txt');", "join('src', 'index.ts');", "api.open('src/index.ts');"])(
    '%s stays',
    (source) => {
      expect(move(source, { files, workingFolder: '' })).toBe(source);
    },
  );
});

test('decorators and JSX are read', () => {
  expect(move("import './b.ts';\n@note class A {}")).toBe("import '../test/deep/b.ts';\n@note class A {}");
  expect(() => statementsOf('a.tsx', 'const a = <p>{1}</p>;')).not.toThrow();
  expect(() => statementsOf('a.ts', 'const = 1')).toThrow();
});
