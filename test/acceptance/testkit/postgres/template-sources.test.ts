import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runVitest } from '@splitlevel/guards/run-vitest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withConnection } from '../../../../packages/testkit/src/kinds/postgres/connection.ts';
import {
  isCurrent,
  type SourceList,
} from '../../../../packages/testkit/src/kinds/postgres/templates/sources/source-list.ts';
import { acquire } from '../../../../packages/testkit/src/servers.ts';

const execute = promisify(execFile);
const testkit = resolve(import.meta.dirname, '../../../../packages/testkit');
let root: string;

/** Packages whose migrations take statements from everywhere that code can come from. */
const files: Readonly<Record<string, string>> = {
  'packages/schema/package.json': '{ "name": "@lab/schema", "type": "module", "exports": "./src/index.ts" }',
  'packages/schema/src/index.ts': "export { statements } from './statements.ts';",
  'packages/schema/src/statements.ts': `
    import { readFileSync } from 'node:fs';
    const atLoad = readFileSync(new URL('../at-load.sql', import.meta.url), 'utf8');
    export const statements = ['CREATE TABLE workspace (id int)', atLoad];`,
  'packages/schema/at-load.sql': 'CREATE TABLE at_load (id int)',
  'node_modules/npm-schema/package.json': '{ "name": "npm-schema", "type": "module", "exports": "./index.js" }',
  'node_modules/npm-schema/index.js': `
    import { readdirSync } from 'node:fs';
    const folder = new URL('./steps/', import.meta.url);
    const loadOne = async (name) => (await import(new URL(name, folder))).sql;
    export const load = () => Promise.all(readdirSync(folder).sort().map(loadOne));`,
  'node_modules/npm-schema/steps/1.js': "export const sql = 'CREATE TABLE npm (id int)';",
  'node_modules/common-schema/package.json': '{ "name": "common-schema" }',
  'node_modules/common-schema/index.js': "module.exports = require('./sql.js');",
  'node_modules/common-schema/sql.js': "module.exports = 'CREATE TABLE common (id int)';",
  'elsewhere/linked.sql': 'CREATE TABLE linked (id int)',
  'elsewhere/folder/in.sql': 'CREATE TABLE in_folder (id int)',
  'packages/shop/package.json': '{ "name": "@lab/shop", "type": "module" }',
  'packages/shop/sql/plain.sql': 'CREATE TABLE plain (id int)',
  'packages/shop/prisma/schema.sql': 'CREATE TABLE by_process (id int)',
  'packages/shop/integration/stubs/rates.json': '{}',
  'packages/shop/integration/needs.ts': `
    import { execFileSync } from 'node:child_process';
    import { appendFileSync, readFileSync } from 'node:fs';
    import { readFile } from 'node:fs/promises';
    import { statements } from '@lab/schema';
    import common from 'common-schema';
    import { load } from 'npm-schema';
    import pg from 'pg';
    import { postgres } from '${testkit}/src/needs.ts';

    const at = (path: string) => new URL('../' + path, import.meta.url);
    const migrate = async (url: string) => {
      appendFileSync(at('../../runs.log'), '.');
      const client = new pg.Client(url);
      await client.connect();
      const sql = [
        ...statements, common, ...(await load()), await readFile(at('migrations/linked.sql'), 'utf8'),
        readFileSync(at('migrations/folder/in.sql'), 'utf8'), readFileSync(at('sql/plain.sql'), 'utf8'),
        execFileSync('cat', ['prisma/schema.sql'], { cwd: at('.'), encoding: 'utf8' }),
      ];
      for (const statement of sql) await client.query(statement);
      await client.end();
    };
    export const needs = { database: postgres({ migrate }) };`,
  'packages/shop/integration/columns.test.ts': `
    import { createTest } from '${testkit}/src/index.ts';
    import { needs } from './needs.ts';
    createTest(import.meta.dirname, needs)('columns', async ({ database, expect }) => {
      const sql = "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'workspace' ORDER BY 1";
      expect(await database.query(sql)).toEqual([{ name: 'id' }, { name: 'label' }]);
    });`,
  'vitest.config.ts': `export default { test: { root: import.meta.dirname, include: ['packages/*/integration/*.test.ts'],
    pool: 'forks', isolate: false, setupFiles: ['@splitlevel/guards/integration'] } };`,
};

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

beforeEach(async () => {
  // Keeps the server, and the templates on it, from one process to the next.
  await acquire('postgres');
  root = await realpath(await mkdtemp(join(tmpdir(), 'testkit-sources-')));
  for (const [path, content] of Object.entries(files)) {
    await write(path, content);
  }
  await mkdir(join(root, 'node_modules/@lab'));
  await symlink('../../packages/schema', join(root, 'node_modules/@lab/schema'));
  for (const name of ['@splitlevel', 'pg', 'vitest']) {
    await symlink(resolve(testkit, '../../node_modules', name), join(root, 'node_modules', name));
  }
  await mkdir(join(root, 'packages/shop/migrations'));
  await symlink('../../../elsewhere/linked.sql', join(root, 'packages/shop/migrations/linked.sql'));
  await symlink('../../../elsewhere/folder', join(root, 'packages/shop/migrations/folder'));
});
afterEach(() => rm(root, { recursive: true }));

/** The columns that a new process finds. */
async function columns(): Promise<string[]> {
  const script = join(import.meta.dirname, '../../../../packages/testkit/integration/postgres/fixtures/use-needs.ts');
  const { stdout } = await execute(process.execPath, [script, join(root, 'packages/shop')], { cwd: root });
  return stdout.trim().split(' ');
}

/** How often the migrations ran. */
const runs = async () => (await readFile(join(root, 'runs.log'), 'utf8')).length;

/** By table: the file that its statement comes from. */
const places = {
  at_load: 'packages/schema/at-load.sql',
  by_process: 'packages/shop/prisma/schema.sql',
  common: 'node_modules/common-schema/sql.js',
  in_folder: 'elsewhere/folder/in.sql',
  linked: 'elsewhere/linked.sql',
  npm: 'node_modules/npm-schema/steps/1.js',
  plain: 'packages/shop/sql/plain.sql',
  workspace: 'packages/schema/src/statements.ts',
};

/** Whether the newest template of the package is still what its sources make, but for those that its hash has. */
async function isTemplateCurrent(): Promise<boolean> {
  const { url } = await acquire('postgres');
  const [row] = await withConnection(url, (connection) =>
    connection.query<{ comment: string }>(
      `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database
       WHERE datname LIKE 'tk\\_shop\\_template\\_%' ORDER BY oid DESC LIMIT 1`,
    ),
  );
  const { sources } = JSON.parse(row?.comment.replace(/^[^{]*/, '') ?? '') as { sources: SourceList };
  return isCurrent(sources);
}

describe('a template is made anew when what the migrations load changes', () => {
  test('in every place that it comes from, and only then', async () => {
    const all = Object.keys(places).map((table) => `${table}.id`);
    expect(await columns()).toEqual(all);
    await write('packages/shop/integration/stubs/rates.json', '{ "a": 1 }');
    await write('notes.txt', 'no source');
    expect(await columns()).toEqual(all);
    expect(await runs()).toBe(1);
    for (const path of Object.values(places).filter((place) => !place.startsWith('elsewhere/'))) {
      const before = files[path] ?? '';
      await write(path, before.replace('(id int)', '(id int, label text)'));
      expect(await isTemplateCurrent(), path).toBe(false);
      await write(path, before);
      expect(await isTemplateCurrent(), path).toBe(true);
    }
    await write('node_modules/npm-schema/steps/2.js', "export const sql = 'CREATE TABLE added (id int)';");
    expect(await isTemplateCurrent()).toBe(false);
    await write(places.plain, 'CREATE TABLE plain (id int, label text)');
    const changed = await columns();
    expect(changed).toContain('added.id');
    expect(changed).toContain('plain.label');
    for (const table of ['linked', 'in_folder'] as const) {
      await write(places[table], `CREATE TABLE ${table} (label text)`);
      expect(await columns()).toContain(`${table}.label`);
    }
    expect(await runs()).toBe(4);
    for (const [path, content] of Object.entries(files)) {
      await write(path, content);
    }
    await rm(join(root, 'node_modules/npm-schema/steps/2.js'));
    expect(await columns(), 'back at the start').toEqual(all);
    expect(await runs()).toBe(4);
  }, 120_000);

  test('in another package of the workspace, which Vitest loads', async () => {
    const run = async () => {
      const { files, output } = await runVitest(join(root, 'vitest.config.ts'), []);
      return files['columns.test.ts']?.tests.columns?.status ?? output;
    };
    expect(await run()).toBe('failed');
    await write(places.workspace, "export const statements = ['CREATE TABLE workspace (id int, label text)'];");
    expect(await run()).toBe('passed');
    expect(await run()).toBe('passed');
    expect(await runs()).toBe(2);
  }, 120_000);
});
