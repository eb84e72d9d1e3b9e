import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { diskOf } from '../../../generators/engine/plan/disk.ts';
import { readRecord } from '../../../generators/engine/record/read-record.ts';
import { createEngineWorkspace, type EngineWorkspace } from '../../integration/engine/engine-workspace.ts';

const execute = promisify(execFile);
const SAMPLE = ['sample', 'orders', '--yes', '--no-install', '--upstream', 'rates', '--database', 'sqlite'];

// Each test starts Plop, some of them several times: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let workspace: EngineWorkspace;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
});
afterEach(async () => workspace.remove());

describe('a package', () => {
  test('is made of its layers, formatted, with its record', async () => {
    const before = await workspace.tree();
    const { code, stdout, stderr } = await workspace.plop(SAMPLE);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      [
        '  create  packages/orders/.dockerignore',
        '  create  packages/orders/README.md',
        '  create  packages/orders/logo.bin',
        '  create  packages/orders/package.json',
        '  create  packages/orders/src/clients/rates.ts',
        '  create  packages/orders/src/config.ts',
        '  create  packages/orders/src/port.ts',
        '  create  packages/orders/src/product.ts',
        '  create  packages/orders/src/store.ts',
        '  create  packages/orders/.splitlevel/base/1-sample.txt',
        '  create  packages/orders/.splitlevel/runs/1-sample.json',
        'Wrote packages/orders.',
        '',
        'Next:',
        '  npm install',
        '  npx nx unit orders',
        '',
      ].join('\n'),
    );
    const tree = await workspace.tree();
    expect([...tree.keys()].filter((path) => !before.has(path) && !path.startsWith('packages/orders/'))).toEqual([]);
    expect(tree.get('packages/orders/src/product.ts')).toBe(`import { config } from './config.ts';
import { port } from './port.ts';

export interface Product {
  readonly id: string;
}

export function listProducts(products: readonly Product[]) {
  return products.map((product) => \`\${product.id}:\${port}:\${config.name}\`);
}
`);
    expect(tree.get('packages/orders/logo.bin')).toBe('\x00\x01\xff{{x}}');
    expect(tree.get('packages/orders/src/store.ts')).toBe('export const productStore = { connections: 10 };\n');
  });

  test('passes Biome as it is, its record too', async () => {
    await workspace.plop(SAMPLE);
    const args = ['check', '--vcs-enabled=false', '--error-on-warnings', 'packages/orders'];
    const biome = join(workspace.root, 'node_modules/.bin/biome');
    const { stderr } = await execute(biome, args, { cwd: workspace.root });
    expect(stderr).toMatch(/^Checked 8 files in .*\. No fixes applied\.\n$/);
  });

  test('has every file on record, as it was generated', async () => {
    await workspace.plop(SAMPLE);
    const [run, ...others] = readRecord('packages/orders', diskOf(workspace.root));
    expect(others).toEqual([]);
    const { files, ...facts } = run;
    expect(facts).toEqual({
      id: '1-sample',
      generator: 'sample',
      version: '1.2.3',
      templates: expect.stringMatching(/^[0-9a-f]{16}$/),
      answers: {
        database: 'sqlite',
        description: 'The orders package.',
        entity: 'product',
        name: 'orders',
        poolSize: 10,
        port: 3000,
        upstream: ['rates'],
        verbose: false,
      },
      after: [],
    });
    const { stdout } = await execute('sha256sum', [...files.keys()], { cwd: join(workspace.root, 'packages/orders') });
    const sums = [...files].map(
      ([path, { content }]) => `${createHash('sha256').update(content).digest('hex')}  ${path}\n`,
    );
    expect(stdout).toBe(sums.join(''));
    expect(files.size).toBe(9);
  });

  test('does not depend on the order of the flags', async () => {
    await workspace.plop(SAMPLE);
    const first = await workspace.tree();
    await rm(join(workspace.root, 'packages/orders'), { recursive: true });
    await workspace.plop(['sample', '--database=sqlite', '--upstream=rates', '--no-install', '--', '--name=orders']);
    expect(await workspace.tree()).toEqual(first);
  });
});

describe('the same command again', () => {
  test('twice: unchanged, exit 0, nothing written', async () => {
    await workspace.plop(SAMPLE);
    const before = await workspace.tree();
    const time = (await stat(join(workspace.root, 'packages'))).mtimeMs;
    for (const _ of [1, 2]) {
      const { code, stdout } = await workspace.plop(SAMPLE);
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: 'Unchanged: packages/orders is what these answers make. Nothing was written.\n',
      });
    }
    expect(await workspace.tree()).toEqual(before);
    expect((await stat(join(workspace.root, 'packages'))).mtimeMs).toBe(time);
  });

  test('keeps what the owner edited, deleted and added, and says so', async () => {
    await workspace.plop(SAMPLE);
    await workspace.write('packages/orders/README.md', 'mine\n');
    await workspace.write('packages/orders/src/mine.ts', '');
    await rm(join(workspace.root, 'packages/orders/src/store.ts'));
    await rm(join(workspace.root, 'packages/orders/logo.bin'));
    await mkdir(join(workspace.root, 'packages/orders/logo.bin'));
    const before = await workspace.tree();
    const { code, stdout } = await workspace.plop(SAMPLE);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        '  kept  packages/orders/README.md (edited since)',
        '  kept  packages/orders/logo.bin (deleted or replaced since)',
        '  kept  packages/orders/src/store.ts (deleted or replaced since)',
        'Unchanged: packages/orders is what these answers make. Nothing was written.',
        '',
      ].join('\n'),
    );
    expect(await workspace.tree()).toEqual(before);
  });
});

describe('conflicts: exit 3, nothing written, and what differs', () => {
  async function conflict(args: readonly string[]): Promise<string> {
    const before = await workspace.tree();
    const { code, stdout, stderr } = await workspace.plop(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(await workspace.tree()).toEqual(before);
    return stderr;
  }

  test('another answer', async () => {
    await workspace.plop(SAMPLE);
    expect(await conflict([...SAMPLE, '--port', '8080', '--verbose'])).toBe(
      'packages/orders was made from other answers: port was 3000 and is now 8080; verbose was false and is now true\n' +
        'Choose another name, or change it: npx plop update --package orders --set OPTION=VALUE\n',
    );
  });

  test('another generator', async () => {
    await workspace.plop(SAMPLE);
    expect(await conflict(['simple', 'orders', '--no-install'])).toContain(
      'the generator was sample and is now simple',
    );
  });

  test('a folder that was not generated, even an empty one; a file in its place', async () => {
    await mkdir(join(workspace.root, 'packages/orders'));
    await writeFile(join(workspace.root, 'packages/books'), 'a file');
    const reason = 'exists and was not made by a generator: it has no .splitlevel/runs';
    expect(await conflict(SAMPLE)).toContain(`packages/orders ${reason}`);
    expect(await conflict(['sample', 'books', '--no-install'])).toContain(`packages/books ${reason}`);
  });

  test('a record that cannot be read', async () => {
    await workspace.plop(SAMPLE);
    await workspace.write('packages/orders/.splitlevel/runs/1-sample.json', '<<<<<<< HEAD');
    expect(await conflict(SAMPLE)).toContain(
      'packages/orders/.splitlevel/runs/1-sample.json is not a record of a generator',
    );
  });

  test('a template that has changed since', async () => {
    await workspace.plop(SAMPLE);
    await workspace.write('templates/sample/base/README.md.hbs', '# New\n');
    expect(await conflict(SAMPLE)).toContain("today's 1.2.3 makes other files: README.md\n");
  });
});

describe('--dry-run', () => {
  test('prints a diff that makes the very files that the run makes, and writes nothing', async () => {
    await rm(join(workspace.root, 'templates/sample/base/logo.bin')); // git cannot apply a diff of bytes
    const before = await workspace.tree();
    const dry = await workspace.plop([...SAMPLE, '--dry-run']);
    expect({ code: dry.code, stderr: dry.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await workspace.tree()).toEqual(before);

    await workspace.plop(SAMPLE);
    const made = await workspace.tree();
    await rm(join(workspace.root, 'packages/orders'), { recursive: true });
    await writeFile(join(workspace.root, '.tmp/patch'), dry.stdout);
    await execute('git', ['apply', '.tmp/patch'], { cwd: workspace.root });
    expect(await workspace.tree()).toEqual(made);
  });

  test('shows edits of shared files', async () => {
    const { stdout } = await workspace.plop(['joined', 'orders', '--dry-run']);
    expect(stdout).toContain('--- a/lists/first.txt\n+++ b/lists/first.txt\n@@ -1,1 +1,2 @@\n first\n+orders\n');
  });

  test('of an unchanged package prints no diff', async () => {
    await workspace.plop(SAMPLE);
    expect(await workspace.plop([...SAMPLE, '--dry-run'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Unchanged: packages/orders is what these answers make. Nothing was written.\n',
    });
  });

  test('ends in a conflict where the run would', async () => {
    await mkdir(join(workspace.root, 'packages/orders'));
    expect((await workspace.plop([...SAMPLE, '--dry-run'])).code).toBe(3);
  });
});

describe('shared files', () => {
  test('are edited along with what is new, and keep their modes', async () => {
    const { code } = await workspace.plop(['joined', 'orders', '--no-install']);
    expect(code).toBe(0);
    expect(await workspace.read('lists/first.txt')).toBe('first\norders\n');
    expect(await workspace.read('lists/second.txt')).toBe('second\norders\n');
    expect((await stat(join(workspace.root, 'lists/second.txt'))).mode & 0o777).toBe(0o755);
    expect(await workspace.read('packages/orders/note.txt')).toBe('Made for orders.\n');
  });

  test('are mended by the same command when the owner took the entry out', async () => {
    await workspace.plop(['joined', 'orders', '--no-install']);
    await workspace.write('lists/first.txt', 'first\n');
    const { code, stdout } = await workspace.plop(['joined', 'orders', '--no-install']);
    expect(code).toBe(0);
    expect(stdout).toContain('  edit  lists/first.txt\n');
    expect(await workspace.read('lists/first.txt')).toBe('first\norders\n');
  });

  test('that are missing are a conflict', async () => {
    await rm(join(workspace.root, 'lists/second.txt'));
    const before = await workspace.tree();
    expect(await workspace.plop(['joined', 'orders', '--no-install'])).toMatchObject({
      code: 3,
      stderr: 'lists/second.txt is to be edited, but is not there\nRestore it and run again.\n',
    });
    expect(await workspace.tree()).toEqual(before);
  });
});

describe('templates that are wrong: exit 1, nothing written', () => {
  test.each([
    [
      'a/{{nothing}}.ts.hbs',
      '',
      'templates/sample/base/a/{{nothing}}.ts.hbs cannot be rendered: the model has no "nothing"',
    ],
    ['a.ts.hbs', '{{entity.nothing}}', 'templates/sample/base/a.ts.hbs cannot be rendered: the model has no "nothing"'],
    ['a.ts.hbs', 'const = {{port}};', 'What was rendered cannot be formatted:'],
    ['{{title}}.md.hbs', '', 'which cannot be a name of a file'],
  ])('%s: %s', async (path, content, sentence) => {
    await workspace.write(`templates/sample/base/${path}`, content);
    const before = await workspace.tree();
    const { code, stderr } = await workspace.plop([...SAMPLE, '--description', '../x']);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
    expect(await workspace.tree()).toEqual(before);
  });

  test('a template folder without files, or none', async () => {
    await rm(join(workspace.root, 'templates/simple/base/note.txt'));
    expect((await workspace.plop(['simple', 'a'])).stderr).toContain('The template templates/simple/base has no files');
    await rm(join(workspace.root, 'templates/simple'), { recursive: true });
    expect((await workspace.plop(['simple', 'a'])).stderr).toContain('The template templates/simple/base is not there');
  });
});

test('nothing is left in the temporary folder but the empty lock and what undo needs', async () => {
  await workspace.plop(SAMPLE);
  await workspace.plop(['sample', 'books', '--entity', 'config', '--no-install']);
  const { stdout } = await execute('find', ['.tmp', '-type', 'f', '-path', '*splitlevel*', '-printf', '%f %s\n'], {
    cwd: workspace.root,
  });
  // node_modules is a link here, in which the last run is not kept.
  const left = stdout.trim().split('\n').toSorted();
  expect(left).toEqual([expect.stringMatching(/^last-run\.json \d+$/), 'lock 0']);
});
