/** A package as somebody wrote it, and what adopting is to make of it. */
export interface HandWritten {
  readonly files: Readonly<Record<string, string>>;
  /** Where its test files lie afterwards, by their paths; the same one for a file that stays. */
  readonly places: Readonly<Record<string, string>>;
  /** What is said of its settings, by what the line begins with. */
  readonly settings?: Readonly<Record<string, RegExp>>;
  /** What is said of the files that stay. */
  readonly stays?: Readonly<Record<string, RegExp>>;
  /** Parts of files as they are afterwards. */
  readonly texts?: Readonly<Record<string, string | RegExp>>;
  /** Files that are gone. */
  readonly gone?: readonly string[];
  /** The suites that it has. Default: unit. */
  readonly suites?: readonly string[];
}

const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './src/index.ts', ...more });
const add = 'export const add = (a: number, b: number): number => a + b;\n';
const fine = "import { expect, test } from 'vitest'; test('fine', () => { expect(1).toBe(1); });\n";
const adds = (from: string) =>
  `import { expect, test } from 'vitest'; import { add } from '${from}'; test('adds', () => { expect(add(1, 2)).toBe(3); });\n`;
const writesTo = (path: string) =>
  `import { readFileSync, writeFileSync } from 'node:fs'; import { expect, test } from 'vitest'; test('writes', () => { writeFileSync('${path}', '1'); expect(readFileSync('${path}', 'utf8')).toBe('1'); });\n`;
const configuration = (text: string) =>
  `import { defineConfig } from 'vitest/config'; export default defineConfig(${text});\n`;

export const handWritten: Readonly<Record<string, HandWritten>> = {
  'by-folder': {
    files: {
      'package.json': manifest('by-folder'),
      'src/index.ts': add,
      'test/data/x.json': '1\n',
      'test/d.test.ts': `import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const own = dirname(fileURLToPath(import.meta.url));
test('reads beside itself', () => {
  for (const path of [join(here, 'data', 'x.json'), resolve(import.meta.dirname, 'data/x.json'), join(own, 'data/x.json')])
    expect(readFileSync(path, 'utf8')).toBe('1\\n');
});
`,
    },
    places: { 'test/d.test.ts': 'src/d.test.ts' },
    texts: { 'src/d.test.ts': "new URL('../test/', import.meta.url)" },
  },

  'with-globals': {
    files: {
      'package.json': manifest('with-globals'),
      'src/index.ts': add,
      'test/add.test.ts': "import { add } from '../src/index'; test('adds', () => { expect(add(1, 2)).toBe(3); });\n",
      'vitest.config.ts': configuration('{ test: { globals: true } }'),
    },
    places: { 'test/add.test.ts': 'src/add.test.ts' },
    settings: { 'vitest.config.ts test.globals': /rewritten {2}each file imports from vitest what it uses/ },
    texts: { 'src/add.test.ts': "import { expect, test } from 'vitest';\nimport { add } from './index.ts';\n" },
    gone: ['vitest.config.ts'],
  },

  'own-runner': {
    files: {
      'package.json':
        '{"name":"own-runner","version":"1.0.0","type":"module","exports":"./src/index.ts","scripts":{"test":"vitest run"},"devDependencies":{"vitest":"^4.1.0"}}',
      'src/index.ts': add,
      'test/fine.test.ts': fine,
    },
    places: { 'test/fine.test.ts': 'src/fine.test.ts' },
    settings: {
      'package.json devDependencies.vitest ^4.1.0': /dropped .*workspace’s own runs both suites \(\d/,
      'package.json scripts.test': /rewritten {2}nx run-many -t unit -p own-runner, instead of vitest run/,
    },
    texts: { 'package.json': /^(?![\s\S]*devDependencies)[\s\S]*"unit": \{\}[\s\S]*\}\n$/ },
  },

  'with-alias': {
    files: {
      'package.json': manifest('with-alias'),
      'src/index.ts': add,
      'test/add.test.ts': adds('@/index'),
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } }, "include": ["src", "test"] }\n',
      'vitest.config.ts': configuration("{ resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } } }"),
    },
    places: { 'test/add.test.ts': 'src/add.test.ts' },
    settings: { 'vitest.config.ts resolve.alias': /rewritten/, 'tsconfig.json paths': /kept/ },
    texts: {
      'src/add.test.ts': "import { add } from './index.ts';",
      'tsconfig.json': '"extends": "../../tsconfig.json"',
    },
    gone: ['vitest.config.ts'],
  },

  'one-fails': {
    files: {
      'package.json': manifest('one-fails'),
      'src/index.ts': add,
      'test/fine.test.ts': fine,
      'test/online.test.ts':
        "import { expect, test } from 'vitest'; test('no network', async () => { expect((await fetch('http://nowhere.invalid/')).status).toBe(200); });\n",
    },
    places: { 'test/fine.test.ts': 'src/fine.test.ts', 'test/online.test.ts': 'test/online.test.ts' },
    stays: { 'test/online.test.ts': /it fails under its own configuration: TypeError: fetch failed/ },
    texts: {
      'adoption.json': '"test/online.test.ts": "it fails under its own configuration: TypeError: fetch failed"',
    },
  },

  'with-helper': {
    files: {
      'package.json': manifest('with-helper'),
      'src/index.ts': add,
      'test/h.test.ts':
        "import { expect, test } from 'vitest'; import { data } from './helper.ts'; test('h', () => { expect(data).toBe(1); });\n",
      'test/helper.ts': 'export const data = 1;\n',
      'tsconfig.json': '{ "extends": "../../tsconfig.json", "include": ["src"] }\n',
    },
    places: { 'test/h.test.ts': 'src/h.test.ts' },
    texts: { 'src/h.test.ts': "from '../test/helper.ts'" },
  },

  'by-working-directory': {
    files: {
      'package.json': manifest('by-working-directory'),
      'src/index.ts': add,
      'test/fixtures/a.txt': '7\n',
      'test/read.test.ts':
        "import { readFileSync } from 'node:fs'; import { expect, test } from 'vitest'; test('reads', () => { expect(readFileSync('test/fixtures/a.txt', 'utf8')).toBe('7\\n'); });\n",
    },
    places: { 'test/read.test.ts': 'src/read.test.ts' },
    texts: { 'src/read.test.ts': '`${import.meta.dirname}/../test/fixtures/a.txt`' },
  },

  'other-endings': {
    files: {
      'package.json': manifest('other-endings'),
      'src/index.ts': add,
      'test/add.test.mts': adds('../src/index.ts'),
      'test/plain.spec.js': adds('../src/index.js'),
      'src/typed.test.tsx': fine,
    },
    places: {
      'test/add.test.mts': 'src/add.test.ts',
      'test/plain.spec.js': 'src/plain.test.ts',
      'src/typed.test.tsx': 'src/typed.test.ts',
    },
  },

  'spies-on-modules': {
    files: {
      'package.json': manifest('spies-on-modules'),
      'src/index.ts': add,
      'test/fine.test.ts': fine,
      'test/spy.test.ts':
        "import { expect, test, vi } from 'vitest'; import * as m from '../src/index'; test('spies', () => { vi.spyOn(m, 'add'); expect(1).toBe(1); });\n",
    },
    places: { 'test/fine.test.ts': 'src/fine.test.ts', 'test/spy.test.ts': 'test/spy.test.ts' },
    stays: { 'test/spy.test.ts': /replace the export add of a module \(vi\.spyOn\) .*pass a double in instead/ },
  },

  'with-decorators': {
    files: {
      'package.json': manifest('with-decorators'),
      'src/index.ts': add,
      'test/a.test.ts': `import { expect, test } from 'vitest';

const seen: string[] = [];
function note(target: { name: string }) {
  seen.push(target.name);
}

@note
class A {}

test('notes', () => {
  expect(seen).toEqual(['A']);
  expect(new A()).toBeInstanceOf(A);
});
`,
      'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, "outDir": "dist", "strict": false } }\n',
    },
    places: { 'test/a.test.ts': 'src/a.test.ts' },
    settings: {
      'tsconfig.json experimentalDecorators': /kept/,
      'tsconfig.json outDir': /dropped/,
      'tsconfig.json strict': /dropped {4}the standard checks as strictly everywhere/,
    },
  },

  'with-set-up': {
    files: {
      'package.json': manifest('with-set-up', { scripts: { test: 'STAGE=test vitest run' } }),
      'src/index.ts': 'export const stage = (): string => `${process.env.STAGE} ${process.env.REGION}`;\n',
      'test/setup.ts':
        'let count = 0;\nbeforeEach(() => { count += 1; (globalThis as { count?: number }).count = count; });\nafterAll(() => { delete (globalThis as { count?: number }).count; });\n',
      'test/a.test.ts':
        "import { stage } from '../src/index.ts'; it('a', () => { expect((globalThis as { count?: number }).count).toBe(1); expect(stage()).toBe('test eu'); });\n",
      'test/b.test.ts': "it('b', () => { expect((globalThis as { count?: number }).count).toBe(1); });\n",
      'vitest.config.ts': configuration(
        "{ test: { globals: true, setupFiles: ['./test/setup.ts'], env: { REGION: 'eu' }, restoreMocks: true, coverage: { provider: 'v8' }, retry: 2 } }",
      ),
    },
    places: { 'test/a.test.ts': 'src/a.test.ts', 'test/b.test.ts': 'src/b.test.ts' },
    settings: {
      'vitest.config.ts test.setupFiles': /rewritten {2}each test file calls/,
      'vitest.config.ts test.env': /rewritten/,
      'vitest.config.ts test.restoreMocks': /rewritten/,
      'vitest.config.ts test.coverage': /dropped/,
      'vitest.config.ts test.retry': /dropped {4}a test that passes now and then/,
      'package.json scripts.test STAGE': /rewritten/,
    },
    texts: { 'src/b.test.ts': /import \{ setUp \} from '\.\.\/test\/setup\.ts';[\s\S]*\nsetUp\(\);/ },
    gone: ['vitest.config.ts'],
  },

  'two-projects': {
    files: {
      'package.json': manifest('two-projects'),
      'src/index.ts': add,
      'checks/add.check.ts': adds('../src/index'),
      'specs/write.spec.ts':
        "import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'; import { tmpdir } from 'node:os'; import { join } from 'node:path'; it('writes', () => { const folder = mkdtempSync(join(tmpdir(), 'adopted-')); writeFileSync(join(folder, 'a'), ''); rmSync(folder, { recursive: true }); expect(folder).toContain('adopted-'); });\n",
      'vitest.workspace.ts':
        "import { defineWorkspace } from 'vitest/config'; export default defineWorkspace([{ test: { name: 'checks', include: ['checks/**/*.check.ts'] } }, { test: { name: 'specs', include: ['specs/**/*.spec.ts'], globals: true, pool: 'forks' } }]);\n",
    },
    places: {
      'checks/add.check.ts': 'src/checks/add.check.test.ts',
      'specs/write.spec.ts': 'integration/write.test.ts',
    },
    settings: {
      'vitest.workspace.ts test.projects': /rewritten/,
      'vitest.workspace.ts test.globals': /rewritten/,
      'vitest.workspace.ts test.pool': /dropped/,
    },
    gone: ['vitest.workspace.ts'],
    suites: ['unit', 'integration'],
  },

  'writes-only': {
    files: {
      'package.json': manifest('writes-only', { type: 'commonjs' }),
      'src/index.ts': add,
      'src/write.test.ts':
        "import { mkdirSync, rmSync, writeFileSync } from 'node:fs';\nimport { expect, test } from 'vitest';\nimport { add } from './index';\n\ntest('writes', () => {\n  mkdirSync('src/out', { recursive: true });\n  writeFileSync('src/out/a', String(add(1, 1)));\n  rmSync('src/out', { recursive: true });\n  expect(add(1, 1)).toBe(2);\n});\n",
    },
    places: { 'src/write.test.ts': 'integration/write.test.ts' },
    suites: ['integration'],
  },

  'one-folder-for-all': {
    files: {
      'package.json': manifest('one-folder-for-all'),
      'src/index.ts': add,
      'test/a.test.ts': writesTo('test/data/state.txt'),
      'test/b.test.ts': writesTo('test/data/state.txt'),
      'test/c.test.ts': writesTo('test/data/other.txt'),
      'test/data/state.txt': '0\n',
    },
    places: {
      'test/a.test.ts': 'integration/a.test.ts',
      'test/b.test.ts': 'test/b.test.ts',
      'test/c.test.ts': 'integration/c.test.ts',
    },
    stays: {
      'test/b.test.ts': /it writes to test\/data\/state\.txt, as test\/a\.test\.ts does, and files run side by side/,
    },
    texts: { 'test/data/state.txt': /^0\n$/ },
    suites: ['integration'],
  },

  'built-by-vite': {
    files: {
      'package.json': manifest('built-by-vite', {
        scripts: { build: 'vite build', test: 'vitest' },
        devDependencies: { vite: '^8.0.0' },
      }),
      'src/index.ts': add,
      'src/__tests__/add.spec.ts': adds('..'),
      'vite.config.ts':
        "import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({ build: { lib: { entry: 'src/index.ts' } }, test: { fileParallelism: false } });\n",
    },
    places: { 'src/__tests__/add.spec.ts': 'src/__tests__/add.test.ts' },
    settings: {
      'vite.config.ts build': /kept {7}for the build/,
      'vite.config.ts test.fileParallelism': /dropped {4}files of a suite share workers/,
    },
    texts: {
      'vite.config.ts': /^(?![\s\S]*test:)[\s\S]*from 'vite';[\s\S]*build/,
      'src/__tests__/add.test.ts': "from '../index.ts'",
    },
  },

  'reads-by-itself': {
    files: {
      'package.json': manifest('reads-by-itself'),
      'data.txt': '1\n',
      'src/index.ts':
        "import { readFileSync } from 'node:fs';\n\nexport const read = (): string => readFileSync('data.txt', 'utf8');\n",
      'test/fine.test.ts': fine,
      'test/node.test.ts': "import test from 'node:test';\ntest('other', () => {});\n",
      'test/read.test.ts':
        "import { expect, test } from 'vitest'; import { read } from '../src/index.ts'; test('reads', () => { expect(read()).toBe('1\\n'); });\n",
      'test/skipped.test.ts': "import { test } from 'vitest'; test.skip('later', () => {});\n",
    },
    places: {
      'test/fine.test.ts': 'src/fine.test.ts',
      'test/node.test.ts': 'test/node.test.ts',
      'test/read.test.ts': 'test/read.test.ts',
      'test/skipped.test.ts': 'test/skipped.test.ts',
    },
    stays: {
      'test/node.test.ts': /it is a test of node:test, which is not taken/,
      'test/read.test.ts': /it passes under its own configuration, but fails as \S+: .*tried to read data\.txt/,
      'test/skipped.test.ts': /all of its tests are skipped, so that nothing is known of it/,
    },
  },
};

/** Packages whose tests are another runner's alone. */
export const otherRunners: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  jest: {
    'package.json': manifest('other', { scripts: { test: 'jest' }, devDependencies: { jest: '^30.0.0' } }),
    'test/a.test.ts': "test('a', () => { expect(1).toBe(1); });\n",
  },
  mocha: {
    'package.json': manifest('other', { scripts: { test: 'NODE_ENV=test mocha test/**/*.js' } }),
    'test/a.js': "it('a', () => {});\n",
  },
  'node:test': {
    'package.json': manifest('other', { scripts: { test: 'node --import tsx --test' } }),
    'test/a.test.ts': "import { test } from 'node:test';\ntest('a', () => {});\n",
  },
  ava: { 'package.json': manifest('other'), 'test/a.test.ts': "import test from 'ava';\ntest('a', () => {});\n" },
  'bun test': {
    'package.json': manifest('other'),
    'test/a.test.ts': "import { test } from 'bun:test';\ntest('a', () => {});\n",
  },
};
