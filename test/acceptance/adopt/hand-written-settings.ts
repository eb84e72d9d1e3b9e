import { add, adds, fine, type HandWritten, manifest } from './hand-written.ts';

const configuration = (text: string) =>
  `import { defineConfig } from 'vitest/config'; export default defineConfig(${text});\n`;

/** Packages in which a configuration of their own decides. */
export const decidedBySettings: Readonly<Record<string, HandWritten>> = {
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
};
