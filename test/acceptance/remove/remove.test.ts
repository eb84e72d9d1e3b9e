import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectGreen } from '../../green-packages.ts';
import { sample } from '../../sample.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';
import { createOwnedWorkspace, type Given, type OwnedWorkspace } from '../rename/owned-workspace.ts';

let workspace: OwnedWorkspace;
beforeAll(async () => {
  workspace = await createOwnedWorkspace();
});
afterAll(() => workspace.remove());

const at = (path: string) => join(workspace.root, path);
const remove = (given: Given) => workspace.plop('remove', { prove: 'none', ...given });

async function append(path: string, text: string): Promise<void> {
  await workspace.write(path, `${await workspace.read(path)}${text}`);
}

const TABLES = `import { expect } from 'vitest';
import { test } from './fixtures.ts';

test('the tables that are left', async ({ database }) => {
  const tables = await database.query("select tablename from pg_tables where schemaname = 'public' order by 1");
  const names = tables.map(({ tablename }) => tablename);
  expect(names.filter((name) => !String(name).startsWith('kysely_'))).toEqual([
    'outbox',
    'outbox_turn',
    'processed_messages',
    'taxes',
  ]);
});
`;

/** The failure of a removal that leaves everything as it is. */
async function refusal(given: Given) {
  const before = await workspace.texts();
  const failure = await remove(given).then(
    ({ result }) => ({ message: result }),
    (error: Error) => error,
  );
  expect(await workspace.texts()).toEqual(before);
  return failure;
}

/** The files of a package by path in it, but for its record. */
async function textsOf(name: string): Promise<ReadonlyMap<string, string>> {
  const texts = [...(await workspace.texts())].flatMap(([path, text]) => {
    const [own] = path.split(`packages/${name}/`).slice(1);
    return own === undefined || own.startsWith('.splitlevel/') ? [] : [[own, text] as const];
  });
  return new Map(texts);
}

describe('a package', () => {
  beforeAll(async () => {
    for (const name of ['abacus', 'bench', 'crate', 'drawer', 'easel', 'frame']) {
      await workspace.plop('library', { name });
    }
    const depend = async (name: string, from: string, to: string) =>
      workspace.write(
        `packages/${name}/package.json`,
        (await workspace.read(`packages/${name}/package.json`)).replace(from, to),
      );
    await depend(
      'bench',
      '"devDependencies": {',
      '"dependencies": { "@splitlevel/abacus": "*" },\n  "devDependencies": {',
    );
    await depend('crate', '"devDependencies": {', '"devDependencies": {\n    "@splitlevel/abacus": "*",');
    await depend('drawer', '"name": "drawer",', '"name": "drawer",\n    "implicitDependencies": ["abacus"],');
    await append('packages/easel/src/index.ts', "export { splitEvenly as split } from '@splitlevel/abacus';\n");
    await append('packages/frame/README.md', "See '@splitlevel/abacus', and @splitlevel/abacus.\n");
    workspace.commit();
  });

  test('that others depend on is refused, with their names and how they do', async () => {
    expect(await refusal({ package: 'abacus' })).toMatchObject({
      exitCode: 3,
      message: `packages/abacus cannot be removed, since others depend on it: ${[
        'bench, by dependencies in packages/bench/package.json',
        'crate, by devDependencies in packages/crate/package.json',
        'drawer, by implicitDependencies in packages/drawer/package.json',
        'easel, by an import in packages/easel/src/index.ts',
      ].join('; ')}`,
    });
  });

  test('with changes that are not committed is refused, with their names', async () => {
    await append('packages/frame/src/index.ts', '// Mine.\n');
    await workspace.write('packages/frame/src/mine.ts', 'export {};\n');
    expect(await refusal({ package: 'frame' })).toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/committed: packages\/frame\/src\/index\.ts, packages\/frame\/src\/mine\.ts$/),
    });
    workspace.git('checkout', '-q', '--', '.');
    rmSync(at('packages/frame/src/mine.ts'));
  });

  test('goes with what tools left in it; what git ignores stays, and is named', async () => {
    await workspace.write('.gitignore', `${await workspace.read('.gitignore')}.env.local\nsecrets/\n`);
    workspace.commit();
    for (const path of ['.env.local', 'secrets/a.pem', 'node_modules/a/index.js', 'src/.vitest/a.json']) {
      await workspace.write(`packages/frame/${path}`, '');
    }
    const before = await workspace.texts();
    const { notes, files } = await remove({ package: 'frame' });
    expect(notes).toEqual([
      'packages/frame/.env.local stays: git does not follow it.',
      'packages/frame/secrets/ stays: git does not follow it.',
    ]);
    expect(files.every(({ fate }) => fate === 'remove')).toBe(true);
    expect(readdirSync(at('packages/frame')).toSorted()).toEqual(['.env.local', 'secrets']);
    const others = [...before].filter(([path]) => !path.startsWith('packages/frame/'));
    expect(await workspace.texts()).toEqual(new Map(others));
  });

  test('goes whole, once nothing depends on it, by the command, and the rest is green', async () => {
    for (const name of ['bench', 'crate', 'easel']) {
      expect(await remove({ package: name })).toMatchObject({ result: 'written' });
    }
    workspace.commit();
    workspace.git('mv', 'packages/drawer/package.json', 'packages/drawer/was.json');
    workspace.git('mv', 'packages/drawer/was.json', 'packages/drawer/package.json');
    await workspace.write(
      'packages/drawer/package.json',
      (await workspace.read('packages/drawer/package.json')).replace(/\s*"implicitDependencies": \["abacus"\],/, ''),
    );
    const told = await workspace.run('plop', ['remove', '--package', 'abacus', '--yes', '--no-install']);
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain('  remove  packages/abacus/src/index.ts\n');
    expect(told.stdout).toContain('\nRemoved packages/abacus.\n');
    expect(existsSync(at('packages/abacus'))).toBe(false);
    await expectGreen(workspace, ['drawer'], { targets: ['lint', 'typecheck', 'unit'] });
  });
});

describe('a part of a service', () => {
  afterEach(() => {
    for (const name of ['kiosk', 'depot']) {
      rmSync(at(`packages/${name}`), { recursive: true, force: true });
    }
    workspace.commit();
  });

  const trees = join(repositoryRoot, 'test/stubs/documents/tree.json');
  const postgres = { entity: 'product' };
  const none = { ...postgres, database: 'none' };

  // What was committed of migrations stays, so that these are not.
  const added = [
    ['an entity that was added', postgres, ['entity', { name: 'fee', field: ['note:text'] }], { entity: 'fee' }],
    ['a stub that was added', none, ['stub', { name: 'rates' }], { stub: 'rates' }],
    ['a stub of a document', none, ['stub', { name: 'trees', spec: trees }], { stub: 'trees' }],
    ['a second stub', { ...none, upstream: ['rates'] }, ['stub', { name: 'tax' }], { stub: 'tax' }],
    ['a cache that was added', postgres, ['fixture', { kind: 'redis' }], { fixture: 'redis' }],
    ['a database that was added', none, ['fixture', { kind: 'mariadb' }], { fixture: 'mariadb' }],
    ['a broker that was added', none, ['fixture', { kind: 'nats' }], { fixture: 'nats' }],
  ] as const;
  test.for(sample('parts that were added', added, 1 / 3, ([name]) => name))(
    '%s goes, to the byte',
    async ([, made, [generator, given], part]) => {
      await workspace.plop('service', { name: 'kiosk', ...made });
      const before = await workspace.texts();
      await workspace.plop(generator, { ...given, package: 'kiosk' });
      expect(await workspace.texts()).not.toEqual(before);
      expect(await remove({ package: 'kiosk', ...part })).toMatchObject({ result: 'written', problem: undefined });
      expect(await workspace.texts()).toEqual(before);
    },
  );

  const chosenParts = [
    ['the cache', { ...postgres, cache: 'redis' }, { cache: 'none' }, { fixture: 'redis' }],
    ['the broker', { ...postgres, broker: 'nats' }, { broker: 'none' }, { fixture: 'nats' }],
    ['the upstream', { ...postgres, upstream: ['rates'] }, { upstream: [] }, { stub: 'rates' }],
    ['one of two upstreams', { ...none, upstream: ['rates', 'tax'] }, { upstream: ['tax'] }, { stub: 'rates' }],
    ['the database', { ...postgres, broker: 'rabbitmq' }, { database: 'none' }, { fixture: 'postgres' }],
    ['the sample', { ...postgres, cache: 'redis' }, { entity: 'none' }, { entity: 'product' }],
    ['the sample without a database', none, { entity: 'none' }, { entity: 'product' }],
  ] as const;
  test.for(sample('parts that were chosen', chosenParts, 1 / 3, ([name]) => name))(
    '%s that was chosen at the start goes, to the byte',
    async ([, chosen, without, part]) => {
      await workspace.plop('service', { name: 'kiosk', ...chosen, ...without });
      const before = await workspace.texts();
      rmSync(at('packages/kiosk'), { recursive: true });
      await workspace.plop('service', { name: 'kiosk', ...chosen });
      expect(await remove({ package: 'kiosk', ...part })).toMatchObject({ result: 'written', problem: undefined });
      expect(await workspace.texts()).toEqual(before);
    },
  );
});

describe('what its owner did', () => {
  beforeEach(async () => {
    await workspace.plop('service', { name: 'shop', entity: 'product', broker: 'nats' });
    await workspace.plop('entity', { name: 'fee', package: 'shop', field: ['note:text'] });
    await workspace.plop('entity', { name: 'tax', package: 'shop', field: ['note:text?'] });
    workspace.commit();
  });
  afterEach(() => {
    rmSync(at('packages/shop'), { recursive: true, force: true });
    workspace.commit();
  });

  test('stays, and so do migrations that were committed, with their numbers', async () => {
    await append('packages/shop/README.md', '\nOurs.\n');
    await workspace.write('packages/shop/src/ours.ts', 'export const ours = true;\n');
    workspace.commit();
    const migrations = readdirSync(at('packages/shop/migrations'));
    const { problem, notes } = await remove({ package: 'shop', entity: 'fee' });
    expect(problem).toBeUndefined();
    expect(notes).toContain(
      'The table stays in databases that have it: --drop-table writes a migration that drops it.',
    );
    expect(readdirSync(at('packages/shop/migrations'))).toEqual(migrations);
    const texts = await textsOf('shop');
    expect(texts.get('README.md')).toMatch(/\nOurs\.\n$/);
    expect(texts.get('src/ours.ts')).toBe('export const ours = true;\n');
    expect([...texts.keys()].filter((path) => /\bfees?\b/.test(path))).toEqual([
      expect.stringMatching(/^migrations\//),
    ]);
    expect([...texts.keys()].filter((path) => /\btax/.test(path)).length).toBeGreaterThan(2);
    await expectGreen(workspace, ['shop'], { targets: ['lint', 'typecheck', 'unit'] });
    workspace.commit();
    expect(await workspace.plop('update', { package: ['shop'], prove: 'none' })).toMatchObject({ result: 'unchanged' });
  });

  test('in a file of the part is a conflict, which shows it', async () => {
    await append('packages/shop/src/routes/create-fee.ts', '// Ours.\n').catch(() =>
      append('packages/shop/src/fee.ts', '// Ours.\n'),
    );
    workspace.commit();
    const { problem, conflicts } = await remove({ package: 'shop', entity: 'fee' });
    expect(problem).toBe('a conflict is left to resolve:');
    expect(conflicts).toHaveLength(1);
    expect(await workspace.read(conflicts?.[0]?.path ?? '')).toContain('// Ours.\n');
    workspace.git('reset', '-q', '--hard');
  });

  test('and migrations drop the tables for real, also those of the sample', async () => {
    const first = await remove({ package: 'shop', entity: 'fee', dropTable: true });
    expect(first.files.filter(({ path }) => path.includes('/migrations/'))).toMatchObject([{ fate: 'create' }]);
    workspace.commit();
    await remove({ package: 'shop', entity: 'product', dropTable: true });
    const migrations = readdirSync(at('packages/shop/migrations')).filter((name) => name.endsWith('.ts'));
    expect(migrations.slice(-4)).toEqual([
      '0004-fees.ts',
      '0005-taxes.ts',
      '0006-drop-fees.ts',
      '0007-drop-products.ts',
    ]);
    await workspace.write('packages/shop/integration/tables.test.ts', TABLES);
    await expectGreen(workspace, ['shop']);
  });

  test('and nothing drops a table that was in no commit', async () => {
    await workspace.plop('entity', { name: 'toll', package: 'shop', field: ['note:text'] });
    expect(await refusal({ package: 'shop', entity: 'toll', dropTable: true })).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('0006-tolls.ts was never committed and goes'),
    });
    await remove({ package: 'shop', entity: 'toll' });
    expect(workspace.git('status', '--porcelain')).toBe('');
  });
});

describe('is refused', () => {
  beforeAll(async () => {
    await workspace.plop('service', { name: 'shop', entity: 'product', database: 'none', upstream: ['rates'] });
    await workspace.plop('library', { name: 'sums' });
    workspace.commit();
  });

  test.for([
    [{ entity: 'fee' }, 3, 'packages/shop has no entity fee that a generator made'],
    [{ stub: 'rate' }, 3, 'packages/shop has no stub rate that a generator made; did you mean rates?'],
    [{ fixture: 'redis' }, 3, 'packages/shop has no fixture redis that a generator made'],
    [{ fixture: 'mysql' }, 2, 'must be one of'],
    [{ entity: 'product', stub: 'rates' }, 2, ': remove one thing at a time'],
    [{ dropTable: true }, 2, '--drop-table: is for an entity'],
    [{ stub: 'rates', dropTable: true }, 2, '--drop-table: is for an entity'],
    [{ entity: 'product', dropTable: true }, 3, 'packages/shop has no generated table of product to drop'],
    [{ package: 'shops' }, 2, 'there is no package "shops"; did you mean shop?'],
    [{ package: 'sums', fixture: 'redis' }, 3, 'packages/sums has no fixture redis that a generator made'],
    [{ package: 'testkit', fixture: 'redis' }, 3, 'packages/testkit '],
  ] as const)('%o', async ([given, exitCode, message]) => {
    const failure = await refusal({ package: 'shop', ...given });
    expect(failure).toMatchObject({ exitCode, message: expect.stringContaining(message) });
  });
});

test('the command tells of it, and a dry run writes nothing', async () => {
  const args = ['remove', '--package', 'shop', '--stub', 'rates', '--prove', 'none', '--yes', '--dry-run'];
  const dry = await workspace.run('plop', args);
  expect(dry.code, dry.stderr).toBe(0);
  expect(dry.stdout).toContain('deleted file mode 100644\n--- a/packages/shop/src/upstreams/rates.ts\n');
  const json = JSON.parse((await workspace.run('plop', [...args, '--json'])).stdout);
  expect(json).toMatchObject({ ok: true, generator: 'remove', folder: 'packages/shop', result: 'dry-run' });
  expect(json.files).toContainEqual({ path: 'packages/shop/src/upstreams/rates.ts', fate: 'remove' });
  expect(workspace.git('status', '--porcelain')).toBe('');
});
