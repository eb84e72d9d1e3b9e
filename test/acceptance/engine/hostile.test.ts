import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngineWorkspace, type EngineWorkspace } from '../../integration/engine/engine-workspace.ts';
import { recordIn } from '../../record-in.ts';

const execute = promisify(execFile);

let workspace: EngineWorkspace;
beforeAll(async () => {
  workspace = await createEngineWorkspace();
});
afterAll(async () => workspace.remove());

describe('a description goes into JSON and Markdown as it is', () => {
  test.each([
    ['quotes', `O'Reilly & "Sons"`],
    ['backticks-and-placeholders', '`${process.exit(9)}` {{constructor}} {{{x}}} \\{{y}} {{> z}}'],
    ['markup', '</script><!-- --> & &amp; <b>'],
    ['shell', '$(touch /tmp/x); `id` | rm -rf * && echo %PATH% !x \\'],
    ['replacement-patterns', "$& $1 $$ $' $`"],
    ['emoji', '😀👩‍👩‍👧 ünïcödé العربية'],
    ['long', 'x'.repeat(200)],
    ['dashes', '--yes'],
    ['empty', ''],
    ['dots', '../../etc/passwd'],
  ])('%s', async (name, description) => {
    const { code, stderr } = await workspace.plop(['sample', name, `--description=${description}`, '--no-install']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const manifest = JSON.parse(await workspace.read(`packages/${name}/package.json`)) as { description: string };
    expect(manifest.description).toBe(description);
    expect(await workspace.read(`packages/${name}/README.md`)).toContain(`# ${description}\n`);
    expect(recordIn(workspace.root, `packages/${name}`)).toMatchObject([{ answers: { description } }]);
  });

  test.each(['a\nb', 'a\r\nb', '\u001b[31mred', 'a\u2028b', 'x'.repeat(201)])('%j is refused', async (description) => {
    const { code, stderr } = await workspace.plop(['sample', 'refused', '--description', description, '--no-install']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--description: (must be one line of plain text|has 201 characters)/);
  });
});

describe('names are refused with a sentence, and nothing is written', () => {
  test.each([
    '',
    '..',
    '/etc/passwd',
    'Orders',
    '@acme/orders',
    "o'reilly",
    '$(id) `id` ${x}',
    '{{name}}',
    'a\nb',
    '😀',
    'x'.repeat(41),
    'con',
    'a\u202eb',
  ])('%j', async (name) => {
    const before = await workspace.tree();
    const { code, stdout, stderr } = await workspace.plop(['sample', `--name=${name}`, '--no-install']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^--name: .+\n$/);
    expect(stderr).not.toMatch(/\p{Cf}/u);
    expect(await workspace.tree()).toEqual(before);
  });

  test.each(['class', 'await', 'date', 'promise', 'config', 'port', 'sheep', 'orders', 'Order', '..'])(
    'entity %s',
    async (entity) => {
      const before = await workspace.tree();
      const { code, stderr } = await workspace.plop(['sample', 'refused', `--entity=${entity}`, '--no-install']);
      expect(code).toBe(2);
      expect(stderr).not.toContain('    at ');
      expect(await workspace.tree()).toEqual(before);
    },
  );
});

test.each(['fs', 'node', 'react', 'fastify', 'test', 'packages', 'prototype', 'node-modules'])(
  'a package may be named %s',
  async (name) => {
    expect((await workspace.plop(['sample', name, '--no-install'])).code).toBe(0);
    expect(JSON.parse(await workspace.read(`packages/${name}/package.json`))).toMatchObject({ name: `@acme/${name}` });
  },
);

test('what was made type-checks, whatever common noun it is about', async () => {
  const nouns = 'user order customer invoice book account payment item ticket category address'.split(' ');
  for (const noun of nouns) {
    const { code, stderr } = await workspace.plop(['sample', `about-${noun}`, '--entity', noun, '--no-install']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }
  const compiler = join(workspace.root, 'node_modules/.bin/tsc');
  const settings = ['--noEmit', '--strict', '--allowImportingTsExtensions', '--module', 'nodenext', '--types', ''];
  const files = nouns.map((noun) => `packages/about-${noun}/src/${noun}.ts`);
  await expect(execute(compiler, [...settings, ...files], { cwd: workspace.root })).resolves.toMatchObject({
    stdout: '',
  });
});
