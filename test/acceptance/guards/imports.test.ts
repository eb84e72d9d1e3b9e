import { expect, test } from 'vitest';
import { notesWorkspace } from '../../../packages/guards/integration/notes-workspace.ts';

const passes = "\nimport { test } from 'vitest';\ntest('passes', () => {});\n";
const again = 'so that neither the cache nor CI would run';

/** What is imported by ./code-0.ts and so on, each loaded by a test file of its own, and what is told. */
const refused: readonly [what: string, source: string, told: string][] = [
  [
    'another package by a relative path',
    "import { three } from '../../sums/src/index.ts';\nexport const one = three;",
    `packages/notes/src/code-0.ts:1 imports ../../sums/src/index.ts, which is packages/sums/src/index.ts; the unit test file packages/notes/src/file-0.test.ts loads it.
@acme/notes does not declare @acme/sums, ${again} notes:unit again after a change of it. Add "@acme/sums" to the dependencies in packages/notes/package.json, and import it by that name.`,
  ],
  [
    'another package by its name',
    "\nexport * from '@acme/sums';",
    'packages/notes/src/code-1.ts:2 imports @acme/sums, which',
  ],
  ['another package on demand', "export const one = await import('@acme/sums');", 'code-2.ts:1 imports @acme/sums'],
  ['an npm package that only the root has', "import 'bignumber.js';", '@acme/notes does not declare bignumber.js'],
  ['an npm package that only tests declare', "import 'zod';", 'Add "zod" to the dependencies in packages/notes'],
  [
    'a file outside of the packages',
    "export { default } from '../../../images.json' with { type: 'json' };",
    `code-5.ts:1 imports ../../../images.json, which is images.json; the unit test file packages/notes/src/file-5.test.ts loads it.\nIt is not among the inputs of notes:unit, ${again}`,
  ],
  [
    'a document',
    "export { default } from '../README.md?raw';",
    'imports ../README.md?raw, which is packages/notes/README.md',
  ],
  [
    'a migration',
    "export { default } from '../migrations/001-a.sql?raw';",
    'Move the test to packages/notes/integration/',
  ],
  [
    'files by a pattern',
    "export const all = import.meta.glob('../../sums/src/*.ts', { eager: true });",
    'does not declare @acme/sums',
  ],
  [
    'what a symlink leads to',
    "export * from './linked.ts';",
    'code-9.ts:1 imports ./linked.ts, which is packages/sums/src/index.ts',
  ],
  [
    'a test of another package',
    "import '../../sums/src/index.test.ts';",
    'code-10.ts:1 imports ../../sums/src/index.test.ts',
  ],
  [
    'an npm package by require',
    "import { createRequire } from 'node:module';\nexport default createRequire(import.meta.url)('bignumber.js');",
    'packages/notes/src/code-11.ts:2 imports bignumber.js, which is',
  ],
  [
    'what a file of CommonJS requires',
    "import { createRequire } from 'node:module';\nexport default createRequire(import.meta.url)('./plain.cjs');",
    'packages/notes/src/plain.cjs:1 imports bignumber.js, which',
  ],
];

test('an import of what is not declared, or is not an input, is told with its place and fails the file', {
  timeout: 60_000,
}, async () => {
  const workspace = await notesWorkspace({ devDependencies: { zod: '*' } });
  await workspace.link('packages/notes/src/linked.ts', 'packages/sums/src/index.ts');
  await workspace.write({ 'packages/notes/src/plain.cjs': "module.exports = require('bignumber.js');" });
  const files = refused.map((_, index) => `packages/notes/src/file-${index}.test.ts`);
  for (const [index, [, source]] of refused.entries()) {
    await workspace.write({
      [files[index] as string]: `import './code-${index}.ts';${passes}`,
      [`packages/notes/src/code-${index}.ts`]: source,
    });
  }
  const onDemand = 'packages/notes/src/on-demand.test.ts';
  await workspace.write({
    [onDemand]:
      "import { test } from 'vitest';\ntest('imports', () => import('../../sums/src/index.ts').catch(() => {}));\n",
  });
  const reports = await workspace.run('unit', ...files, onDemand);
  for (const [index, { status, message }] of reports.entries()) {
    const [what, , told] = refused[index] ?? [
      'by a test while it runs',
      '',
      'on-demand.test.ts:2 imports ../../sums/src/index.ts',
    ];
    const shown = message.replaceAll(/\S*\/packages\/notes\//g, 'packages/notes/');
    expect({ what, status, shown }).toEqual({ what, status: 'failed', shown: expect.stringContaining(told) });
  }
});

test('what is declared, and the files of the package, are imported', { timeout: 60_000 }, async () => {
  const dependencies = { '@acme/sums': '*', zod: '*' };
  const workspace = await notesWorkspace({ dependencies, devDependencies: { 'bignumber.js': '*' } });
  const file = 'packages/notes/src/one.test.ts';
  await workspace.write({
    [file]: `import 'bignumber.js';\nimport '../../sums/src/index.ts';\nimport './one.ts';${passes}`,
    'packages/notes/src/one.ts':
      "{ await using _ = { async [Symbol.asyncDispose]() {} }; }\nimport '@acme/sums';\nimport 'zod';\nimport { createRequire } from 'node:module';\ncreateRequire(import.meta.url)('zod/package.json');\nimport './prompts/greeting.md?raw';\nimport '../package.json' with { type: 'json' };",
  });
  expect(await workspace.run('unit', file)).toMatchObject([{ status: 'passed', message: '' }]);
});

test('an integration test has what is an input of its target', { timeout: 60_000 }, async () => {
  const workspace = await notesWorkspace();
  const [right, wrong] = ['packages/notes/integration/right.test.ts', 'packages/notes/integration/wrong.test.ts'];
  await workspace.write({
    [right]: `import 'pg';\nimport '../migrations/001-a.sql?raw';${passes}`,
    [wrong]: `import '@acme/sums';${passes}`,
  });
  expect(await workspace.run('integration', right, wrong)).toMatchObject([
    { status: 'passed', message: '' },
    { message: expect.stringContaining('Add "@acme/sums" to the devDependencies in packages/notes/package.json') },
  ]);
});
