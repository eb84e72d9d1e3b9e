import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../../generators/entity/databases/database.ts';
import { mariadb } from '../../../generators/entity/databases/mariadb.ts';
import { postgres } from '../../../generators/entity/databases/postgres.ts';
import { expectGreen, plop } from '../../green-packages.ts';
import { sample } from '../../sample.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 60_000 });

type Fields = Readonly<Record<string, string>>;

/** A field of every type, some with names that mean something to JavaScript or SQL. */
const ofPostgres: Fields = {
  text: 'default',
  'varchar(12)': 'code',
  boolean: 'class',
  smallint: 'small-count',
  integer: 'count',
  bigint: 'total',
  'numeric(12,2)': 'unit-price',
  'numeric(4,4)': 'share',
  'numeric(9)': 'whole',
  'double precision': 'weight',
  date: 'order',
  timestamptz: 'user',
  uuid: 'customer',
  jsonb: 'details',
  'text[]': 'tags',
  'integer[]': 'counts',
  'bigint[]': 'totals',
  'uuid[]': 'customers',
};
const ofMariadb: Fields = {
  text: 'default',
  'varchar(12)': 'code',
  boolean: 'class',
  smallint: 'small-count',
  integer: 'count',
  bigint: 'total',
  'decimal(12,2)': 'unit-price',
  'decimal(65,38)': 'share',
  'decimal(9)': 'whole',
  double: 'weight',
  date: 'order',
  datetime: 'user',
  uuid: 'customer',
  json: 'details',
};

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

const declare = (fields: Fields, mark: string) =>
  Object.entries(fields).flatMap(([type, name]) => ['--field', `${name}:${type}${mark}`]);

type Subject = readonly [name: string, Database, Fields];
const subjects: readonly Subject[] = [
  ['PostgreSQL', postgres, ofPostgres],
  ['MariaDB', mariadb, ofMariadb],
];
const drawn = sample('databases of entities', subjects, 1 / 2, ([name]) => name);

test.for(subjects)('no type of %s is left out', ([, database, fields]) => {
  const nameOf = (type: string) => type.replace(/\(.*/, '');
  expect(new Set(Object.keys(fields).map(nameOf))).toEqual(new Set(database.types.map(({ form }) => nameOf(form))));
});

describe.for(drawn)('%s', ([, database, fields]) => {
  test('entities with every type, also null, are green in all targets, with and without an upstream', async () => {
    const [orders, shop] = [`${database.name}-orders`, `${database.name}-shop`];
    await plop(workspace, 'service', orders, '--database', database.name);
    await plop(workspace, 'entity', 'order-line', '--package', orders, ...declare(fields, ''));
    await plop(workspace, 'service', shop, '--database', database.name, '--upstream', 'rates');
    await plop(workspace, 'entity', 'note', '--package', shop, '--field', 'note:text');
    await plop(workspace, 'entity', 'person', '--package', shop, ...declare(fields, '?'));
    await expectGreen(workspace, [orders, shop], { timeout: 350_000 });
  });
});

test('all of them keep to the standard', async () => {
  const { stdout } = await workspace.run('node', ['packages/standard/src/main.ts', '--json']);
  const { ok, packages } = JSON.parse(stdout) as { ok: boolean; packages: { name: string; findings: unknown[] }[] };
  expect(packages.filter(({ findings }) => findings.length > 0)).toEqual([]);
  expect(ok).toBe(true);
  expect(packages.map(({ name }) => name)).toEqual(
    expect.arrayContaining(drawn.flatMap(([, { name }]) => [`${name}-orders`, `${name}-shop`])),
  );
});
