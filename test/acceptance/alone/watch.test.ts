import { execFileSync } from 'node:child_process';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PUBLISHED } from '../../../.ci/release/packages.ts';
import { plop } from '../../green-packages.ts';
import type { RunningCommand } from '../../running-command.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

/** On a machine that does much else. */
const WAIT_MS = 60_000;
const WAITS = /Waiting for file changes|Watching for file changes/;

let workspace: ScratchWorkspace;
let watch: RunningCommand;
/** The length of the output that a test has seen. */
let seen = 0;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
  // Only the suites of libraries made here run.
  for (const path of ['package.json', ...PUBLISHED.map((name) => `packages/${name}/package.json`)]) {
    await edit(path, (text) => {
      const manifest = JSON.parse(text);
      delete manifest.nx.targets.unit;
      return JSON.stringify(manifest);
    });
  }
  for (const name of ['money', 'shop', 'coins']) {
    await plop(workspace, 'library', name);
    await link(name);
    await workspace.write(`packages/${name}/src/index.ts`, `export * from './${name}.ts';\n`);
    await rm(join(workspace.root, `packages/${name}/src/split-evenly.ts`));
    await rm(join(workspace.root, `packages/${name}/src/split-evenly.test.ts`));
    await module(name, name, 'true');
    await testOf(name, name);
  }
  await declare('shop', 'money');
  await workspace.write('packages/shop/src/shop.ts', "export { money as shop } from '@splitlevel/money';\n");
});
afterEach(() => watch?.end());
afterAll(() => workspace.remove());

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await workspace.write(path, change(await workspace.read(path)));
}

/** Has `@splitlevel/NAME` stand for the package, as an installation does. */
async function link(name: string): Promise<void> {
  await symlink(`../../packages/${name}`, join(workspace.root, `node_modules/@splitlevel/${name}`));
}

function declare(name: string, dependency: string): Promise<void> {
  return edit(`packages/${name}/package.json`, (text) => {
    return JSON.stringify({ ...JSON.parse(text), dependencies: { [`@splitlevel/${dependency}`]: '*' } });
  });
}

/** Writes a module of a package with one constant, called like the module. */
function module(name: string, file: string, value: string): Promise<void> {
  return workspace.write(`packages/${name}/src/${file}.ts`, `export const ${file} = ${value};\n`);
}

/** Writes a test of a package, red where the constant of a module is not true. */
function testOf(name: string, file: string, specifier = `./${file}.ts`): Promise<void> {
  return workspace.write(
    `packages/${name}/src/${file}.test.ts`,
    `import { expect, test } from 'vitest';
import { ${file} } from '${specifier}';

test('${file}', () => {
  expect(${file}).toBe(true);
});
`,
  );
}

/** Starts the command, and resolves with what it wrote when it waits. */
async function start(): Promise<string> {
  watch = workspace.start('npm', ['run', 'watch']);
  seen = 0;
  return answer();
}

/** Resolves with what the command wrote since it was last asked, when it waits. */
async function answer(): Promise<string> {
  const { index } = await watch.waitFor(WAITS, WAIT_MS, seen);
  const written = watch.output().slice(seen, seen + index);
  // Its next line is the end of the answer.
  await watch.waitFor(/show help.*\n/, WAIT_MS, seen + index);
  seen = watch.output().length;
  return written;
}

/** The test files that an answer tells of, with a mark of how they ended. */
function told(written: string): readonly string[] {
  const lines = [...written.matchAll(/^ ([✓❯]) \|unit\| packages\/(\S+)\.test\.ts/gm)];
  return lines.map(([, mark, path]) => `${mark} ${path}`).toSorted();
}

/** Whether a process of the workspace is there. */
function processes(): readonly string[] {
  const all = execFileSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  const group = new RegExp(`^ *${watch.group}\\s+[^Z]`);
  return all.filter((line) => group.test(line) || line.includes(workspace.root));
}

test('the first run is that of Nx: what changed runs, then nothing', async () => {
  const first = await start();
  expect(first).toContain('3 unit suites: 0 unchanged since they were green, 3 ran, none red\n');
  expect(told(first)).toEqual([]);
  await watch.end();

  const second = await start();
  expect(second).toContain('3 unit suites: 3 unchanged since they were green, 0 ran, none red\n');
  expect(told(second)).toEqual([]);
  await watch.end();

  await edit('packages/coins/src/coins.ts', (text) => `${text}\n`);
  expect(await start()).toContain('3 unit suites: 2 unchanged since they were green, 1 ran, none red\n');
});

test('a save runs the test files that it can affect, in other packages too, and no others', async () => {
  await start();
  await edit('packages/money/src/money.ts', (text) => `${text}\n`);
  expect(told(await answer())).toEqual(['✓ money/src/money', '✓ shop/src/shop']);

  await edit('packages/shop/src/shop.test.ts', (text) => `${text}\n`);
  expect(told(await answer())).toEqual(['✓ shop/src/shop']);

  await edit('packages/money/package.json', (text) => `${text}\n`);
  expect(told(await answer())).toEqual(['✓ money/src/money', '✓ shop/src/shop']);
});

test('a test runs again when the module that it imports appears, and when it is removed', async () => {
  await start();
  await testOf('coins', 'cent');
  expect(await answer()).toMatch(/Cannot find module '\.\/cent\.ts'/);
  await module('coins', 'cent', 'true');
  expect(told(await answer())).toEqual(['✓ coins/src/cent']);
  await edit('packages/coins/src/cent.ts', (text) => `${text}\n`);
  expect(told(await answer())).toEqual(['✓ coins/src/cent']);
  await edit('packages/coins/src/coins.ts', (text) => `${text}\n`);
  expect(told(await answer())).toEqual(['✓ coins/src/coins']);
  await watch.end();

  await start();
  await edit('packages/coins/src/cent.ts', (text) => `${text}\n`);
  expect(told(await answer())).toEqual(['✓ coins/src/cent']);
  await rm(join(workspace.root, 'packages/coins/src/cent.ts'));
  expect(await answer()).toMatch(/Cannot find module '\.\/cent\.ts'/);
  await module('coins', 'cent', 'true');
  expect(told(await answer())).toEqual(['✓ coins/src/cent']);
});

test('a new package is found, and what imports it by its name', async () => {
  await declare('coins', 'note');
  await start();
  await testOf('coins', 'note', '@splitlevel/note');
  expect(await answer()).toMatch(/@splitlevel\/note/);
  await plop(workspace, 'library', 'note');
  await link('note');
  await module('note', 'note', 'true');
  await workspace.write('packages/note/src/index.ts', "export * from './note.ts';\n");
  await watch.waitFor(/✓ .*packages\/note\/src\/split-evenly\.test\.ts/, WAIT_MS, seen);
  await watch.waitFor(/✓ .*packages\/coins\/src\/note\.test\.ts/, WAIT_MS, seen);
});

test('what is red stays told, and runs again when it is mended', async () => {
  await module('money', 'money', 'false');
  const first = await start();
  expect(first).toMatch(/, red: (money, shop|shop, money)\n/);
  expect(told(first)).toEqual(['❯ money/src/money', '❯ shop/src/shop']);

  await edit('packages/coins/src/coins.ts', (text) => `${text}\n`);
  const from = seen;
  expect(told(await answer())).toEqual(['✓ coins/src/coins', '❯ money/src/money', '❯ shop/src/shop']);
  await watch.waitFor(/still red: packages\/(money|shop)\S+, packages\/(money|shop)\S+\n/, WAIT_MS, from);

  await module('money', 'money', 'true');
  expect(told(await answer())).toEqual(['✓ money/src/money', '✓ shop/src/shop']);
});

test('what is saved during the first run is run after it', async () => {
  await edit('packages/coins/src/coins.test.ts', (text) =>
    text.replace('() => {', 'async () => {\n  await new Promise((resolve) => setTimeout(resolve, 3000));'),
  );
  watch = workspace.start('npm', ['run', 'watch']);
  await watch.waitFor(/Running the unit tests of what changed…/, WAIT_MS);
  await edit('packages/money/src/money.ts', (text) => `${text}\n`);
  seen = watch.output().length;
  expect(await answer()).toContain('none red\n');
  expect(told(await answer())).toEqual(['✓ money/src/money', '✓ shop/src/shop']);
});

test('Ctrl-C leaves no process, in the first run and later', async () => {
  await start();
  expect(processes()).not.toEqual([]);
  await watch.end('SIGINT');
  await expect.poll(processes, { timeout: 20_000 }).toEqual([]);

  await edit('packages/coins/src/coins.test.ts', (text) => text.replace('resolve, 3000', 'resolve, 30_000'));
  watch = workspace.start('npm', ['run', 'watch']);
  await watch.waitFor(/Running the unit tests of what changed…/, WAIT_MS);
  await watch.end('SIGINT');
  await expect.poll(processes, { timeout: 20_000 }).toEqual([]);
});

test('says how to watch some of them where it is given words', async () => {
  const { code, stderr } = await workspace.run('npm', ['run', 'watch', '--', 'packages/coins/']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/'packages\/coins\/'[\s\S]*npx vitest watch --project unit packages\/orders\//);
});
