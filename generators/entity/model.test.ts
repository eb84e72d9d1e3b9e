import { describe, expect, test } from 'vitest';
import type { Workspace } from '../engine/workspace.ts';
import { mariadb } from './databases/mariadb.ts';
import { postgres } from './databases/postgres.ts';
import type { EntityText } from './entity-text.ts';
import { entityModel } from './model.ts';
import type { TargetService } from './read-package.ts';

const workspace: Workspace = { root: '/', scope: '@example', version: '1.0.0', versions: {}, projects: new Map() };
const service: TargetService = { folder: 'packages/shop', database: postgres, number: '0003', hasReadme: true };

const modelOf = (field: readonly string[], name = 'order-line', target: Partial<TargetService> = {}) =>
  entityModel({ name, package: 'shop', field }, workspace, { ...service, ...target });
const textOf = (...field: string[]) => modelOf(field).layers[0]?.model as unknown as EntityText;

test('there is a layer for the database, and one for each check that is used', () => {
  const layers = modelOf(['note:text', 'code:varchar(3)', 'tags:text[]', 'total:bigint', 'done:boolean']).layers;
  expect(layers.map(({ template }) => template)).toEqual(['base', 'postgres', 'check-bigint', 'check-text']);
  expect(layers[0]?.model.checks).toEqual([
    { file: 'bigint', names: 'bigint' },
    { file: 'text', names: 'text, textUpTo' },
  ]);
});

test('what a time zone could change is tested in others', () => {
  const layers = modelOf(['note:text', 'due-on:date', 'at:timestamptz?']).layers;
  expect(layers.map(({ template }) => template)).toContain('postgres-time-zones');
  expect(layers[0]?.model.times).toEqual([
    { camel: 'dueOn', snake: 'due_on' },
    { camel: 'at', snake: 'at' },
  ]);
});

test('a README is edited where there is one', () => {
  const paths = (hasReadme: boolean) => modelOf(['note:text'], 'note', { hasReadme }).edits?.map(({ path }) => path);
  const code = ['database.ts', 'parts.ts', 'service.ts', 'routes/routes.ts'].map((path) => `packages/shop/src/${path}`);
  expect(paths(true)).toEqual([...code, 'packages/shop/README.md']);
  expect(paths(false)).toEqual(code);
});

test('the migration has the number that was found, and the table the plural', () => {
  expect(textOf('note:text')).toMatchObject({
    number: '0003',
    entity: { camel: 'orderLine', words: 'order line' },
    entities: { snake: 'order_lines' },
  });
});

describe('a field that may be null says so everywhere', () => {
  test.each([
    ['day:date?', 'ColumnType<Date | null, string | null, string | null>', 'string | null', 'values.day'],
    [
      'day:jsonb?',
      'ColumnType<Json | null, string | null, string | null>',
      'Json | null',
      expect.stringContaining('null : JSON'),
    ],
    ['day:text[]?', 'readonly string[] | null', 'readonly string[] | null', 'values.day'],
  ])('%s', (field, schema, domain, write) => {
    expect(textOf(field).fields).toMatchObject([
      { schema, domain, write, check: expect.stringMatching(/\.nullable\(\)\.default\(null\)$/) },
    ]);
  });

  test('and one that may not is not null in the database', () => {
    const [first, second] = textOf('a:text', 'b:text?').fields;
    expect([first?.migration, second?.migration]).toEqual(["'text', (column) => column.notNull()", "'text'"]);
  });
});

test('a column is selected under the name of its field', () => {
  expect(textOf('note:text', 'unit-price:numeric(3,1)', 'due-on:date?').fields).toMatchObject([
    { select: "'note'" },
    { select: "'unit_price as unitPrice'" },
    { select: `sql<string | null>\`to_char("due_on", 'YYYY-MM-DD')\`.as('dueOn')` },
  ]);
});

describe('in a service on MariaDB', () => {
  const onMariadb = (...field: string[]) => modelOf(field, 'order-line', { database: mariadb });

  test('the layers are those of MariaDB', () => {
    const layers = onMariadb('at:datetime', 'extra:json').layers;
    expect(layers.map(({ template }) => template)).toEqual([
      'base',
      'mariadb',
      'mariadb-time-zones',
      'check-instant',
      'check-json',
    ]);
    expect(layers[0]?.model).toMatchObject({
      postgres: false,
      idType: 'string',
      jsonLevels: 31,
      tooManyLevels: 32,
      writers: [{ file: 'utc-datetime', name: 'utcDatetime' }],
    });
  });

  test.each([
    ['done:boolean', 'ColumnType<number, boolean, boolean>', 'row.done === 1', 'values.done'],
    [
      'done:boolean?',
      'ColumnType<number | null, boolean | null, boolean | null>',
      'row.done === null ? null : row.done === 1',
      'values.done',
    ],
    ['done:datetime?', 'string | null', '', 'values.done === null ? null : utcDatetime(values.done)'],
    ['done:json', 'string', 'JSON.parse(row.done)', 'JSON.stringify(values.done)'],
  ])('%s is %s, read as %j, and written as %s', (field, schema, parse, write) => {
    expect(onMariadb(field).layers[0]?.model.fields).toMatchObject([{ schema, parse, write }]);
  });

  test('fields that do not fit into a row are refused, those of PostgreSQL too', () => {
    expect(() => onMariadb('a:varchar(10000)', 'b:varchar(10000)')).toThrow('--field: a row of mariadb has room for');
    expect(() => onMariadb('at:timestamptz')).toThrow('"timestamptz" is not a type of mariadb');
    expect(() => modelOf(['at:datetime'])).toThrow('"datetime" is not a type of postgres');
  });

  test('no name of a table is taken', () => {
    expect(() => modelOf(['note:text'], 'pg-view', { database: mariadb })).not.toThrow();
  });
});

test('what comes back as it was written is null too, where that may be', () => {
  const { fields } = textOf('a:bigint', 'b:bigint?');
  const [sample, other] = ["'9007199254740993'", "'-1'"];
  expect(fields.map(({ edges }) => edges)).toEqual([
    [sample, other],
    [sample, other, 'null'],
  ]);
});

test.each([
  [['note:tekst'], 'note', '--field: "tekst" is not a type of postgres'],
  [[], 'note', '--field: there is none'],
  [['note:text'], 'pg-view', '--name: the table would be pg_views'],
])('%j of %s is refused', (field, name, sentence) => {
  expect(() => modelOf(field, name)).toThrow(sentence);
});
