import { add, adds, fine, type HandWritten, manifest } from './hand-written.ts';

const writesTo = (path: string) =>
  `import { readFileSync, writeFileSync } from 'node:fs'; import { expect, test } from 'vitest'; test('writes', () => { writeFileSync('${path}', '1'); expect(readFileSync('${path}', 'utf8')).toBe('1'); });\n`;

/** Packages in which the tests decide: by what they do, where they lie and which paths they rely on. */
export const decidedByTests: Readonly<Record<string, HandWritten>> = {
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
      'test/node.test.ts': /it is a test of node:test, which adopting does not convert/,
      'test/read.test.ts': /it passes under its own configuration, but fails as \S+: .*tried to read data\.txt/,
      'test/skipped.test.ts': /all of its tests are skipped, so that nothing is known of it/,
    },
  },
};
