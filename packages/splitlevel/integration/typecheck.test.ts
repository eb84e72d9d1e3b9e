import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { environmentOf } from '../src/batch/alone.ts';
import type { BatchTask, TaskResult } from '../src/batch/task.ts';
import { typecheckTogether } from '../src/batch/typecheck/typecheck-together.ts';
import { affecting, alone, installed, type Packages, together } from './typecheck-packages.ts';

const modules = join(import.meta.dirname, '../../../node_modules');

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel typecheck-')));
  await write(
    'tsconfig.json',
    JSON.stringify({
      extends: join(import.meta.dirname, '../shared/tsconfig.json'),
      compilerOptions: { resolveJsonModule: true },
    }),
  );
  for (const name of ['.bin', '@types', 'undici-types']) {
    await link(join(modules, name), `node_modules/${name}`);
  }
  await writeAll('node_modules', installed);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await symlink(target, join(root, path));
}

async function writeAll(folder: string, packages: Packages): Promise<void> {
  for (const [name, files] of Object.entries(packages)) {
    for (const [path, content] of Object.entries(files)) {
      await write(`${folder}/${name}/${path}`, content);
    }
  }
}

/** Makes workspace packages. */
async function make(packages: Packages): Promise<void> {
  for (const [name, files] of Object.entries(packages)) {
    const manifest = { name: `@s/${name}`, type: 'module', exports: './src/index.ts' };
    const configuration = { extends: '../../tsconfig.json', include: ['src'] };
    const common = { 'package.json': JSON.stringify(manifest), 'tsconfig.json': JSON.stringify(configuration) };
    await writeAll('packages', { [name]: { ...common, ...files } });
    await link(join(root, 'packages', name), `node_modules/@s/${name}`);
  }
}

function taskOf(folder: string): BatchTask {
  const environment = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined };
  return {
    id: folder,
    project: folder,
    folder,
    command: `tsc -p ${folder}`,
    args: [],
    environment,
    ownEnvironment: environment,
  };
}

/** What is reported of the packages, by name. */
async function check(packages: Packages): Promise<ReadonlyMap<string, TaskResult>> {
  const results = new Map<string, TaskResult>();
  const tasks = Object.keys(packages).map((name) => taskOf(`packages/${name}`));
  await typecheckTogether({ root, graph: { nodes: {}, dependencies: {} } }, tasks, ({ folder }, result) => {
    expect(results).not.toContain(folder);
    results.set(folder.slice('packages/'.length), result);
  });
  return results;
}

/** What the package's own command says. */
function checkAlone(name: string): Promise<{ success: boolean; terminalOutput: string }> {
  const environment = environmentOf(root, taskOf(name).environment);
  return new Promise((resolve) => {
    execFile('tsc', ['-p', `packages/${name}`], { cwd: root, env: environment }, (error, stdout, stderr) =>
      resolve({ success: error === null, terminalOutput: stdout + stderr }),
    );
  });
}

/** Expects of what is reported that the packages' own commands say the same. */
async function expectSameAsAlone(results: ReadonlyMap<string, TaskResult>): Promise<void> {
  for (const [name, { success, terminalOutput }] of results) {
    expect({ name, success, terminalOutput }).toEqual({ name, ...(await checkAlone(name)) });
  }
}

test('packages without globals of their own are checked in one program, each with its own errors', async () => {
  await make(together);
  const start = Date.now();
  const results = await check(together);
  const end = Date.now();
  expect([...results.keys()].sort()).toEqual(Object.keys(together).sort());
  await expectSameAsAlone(results);
  expect([...results].filter(([, { success }]) => success).map(([name]) => name)).toEqual(['green']);
  const times = [...results.values()].map(({ startTime, endTime }) => endTime - startTime);
  expect(times.every((each) => each >= 0)).toBe(true);
  expect(times.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(end - start);
  expect(await readdir(join(root, '.nx')), 'it leaves nothing').toEqual([]);
});

test('a package is not affected by what it does not import', { timeout: 180_000 }, async () => {
  const twins = Object.fromEntries(Object.entries(affecting).map(([name, files]) => [`${name}-2`, files]));
  const packages = { ...together, ...affecting, ...twins };
  await make(packages);
  const results = await check(packages);
  await expectSameAsAlone(results);
  expect([...results.keys()]).toEqual(expect.arrayContaining(Object.keys(together)));
  for (const name of ['global', 'augmentation', 'script', 'library', 'umd'].map((each) => `misses-${each}`)) {
    expect(results.get(name), name).toMatchObject({ success: false });
  }
  expect(results.get('imports-global')).toMatchObject({ terminalOutput: expect.stringMatching(/^.* TS2322: .*\n$/) });
});

test('what needs a program of its own is left to its own command', async () => {
  const packages = { ...together, ...alone };
  await make(packages);
  await writeAll('packages/outer/inner', {
    '.': {
      'package.json': '{ "type": "module" }',
      'tsconfig.json': '{ "extends": "../../../tsconfig.json", "include": ["src"] }',
      'src/index.ts': 'export const inner = 1;\n',
    },
  });
  const results = await check({ ...packages, 'outer/inner': {} });
  expect([...results.keys()].sort()).toEqual([...Object.keys(together), 'outer/inner'].sort());
  await expectSameAsAlone(results);
});

test('nothing is reported where the shared configuration wants a program for each package', async () => {
  await make(together);
  for (const options of [
    { noEmit: false, outDir: 'out' },
    { incremental: true },
    { allowJs: true },
    { types: ['absent'] },
  ]) {
    const shared = JSON.stringify({ compilerOptions: { noEmit: true, types: [], module: 'nodenext', ...options } });
    await write('tsconfig.json', shared);
    expect(await check(together), shared).toEqual(new Map());
  }
});

test('the verdicts are right also where files have names like what tsc prints', async () => {
  for (const name of ["a' from file 'b.ts", 'a(1,2): error TS1: b.ts', 'a\nb.ts']) {
    await rm(join(root, 'packages'), { recursive: true, force: true });
    await rm(join(root, 'node_modules/@s'), { recursive: true, force: true });
    const files = { 'src/index.ts': `import ${JSON.stringify(`./${name}`)};\n`, [`src/${name}`]: 'export {};\n' };
    const packages = { green: together.green ?? {}, odd: files };
    await make(packages);
    const results = await check(packages);
    await expectSameAsAlone(results);
  }
});

test('nothing is reported where tsc is ended, nor where it says anything else', async () => {
  await make(together);
  await rm(join(root, 'node_modules/.bin'));
  for (const script of ['kill -KILL $$', 'echo "panic: no memory" >&2; exit 2', 'exit 0', 'echo "Version 7"']) {
    await write('node_modules/.bin/tsc', `#!/bin/sh\n${script}\n`);
    await chmod(join(root, 'node_modules/.bin/tsc'), 0o755);
    expect(await check(together), script).toEqual(new Map());
  }
  expect(await readdir(join(root, '.nx'))).toEqual([]);
});
