import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { queriesOf } from '../../src/index.ts';
import { accessOf } from '../../src/kinds/postgres/assertion-access.ts';
import { withConnection } from '../../src/kinds/postgres/connection.ts';
import { test } from './fixtures.ts';

/** Statements of as many shapes: of each constant its type is a part of the shape, and its value is none. */
function shapes(count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    const bits = number.toString(2).padStart(10, '0');
    return `SELECT ${[...bits].map((bit) => (bit === '0' ? '1' : "'one'")).join(', ')}`;
  });
}

test('what many databases that are gone were sent is forgotten, and what this one was sent is not', async ({
  database,
}) => {
  const { server, superuserUrl } = accessOf(database);
  const name = `splitlevel_gone_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(superuserUrl);
  url.pathname = `/${name}`;
  await server.query(`CREATE DATABASE ${name}`);
  const [made] = await server.query<{ oid: number }>('SELECT oid FROM pg_database WHERE datname = $1', [name]);
  const entries = async () => {
    const counted = 'SELECT count(*)::int AS count FROM pg_stat_statements(false) WHERE dbid = $1';
    return (await server.query<{ count: number }>(counted, [made?.oid]))[0]?.count;
  };
  try {
    await queriesOf(database, () => {});
    await withConnection(url.href, async (connection) => {
      for (const shape of shapes(600)) {
        await connection.query(shape);
      }
    });
    await queriesOf(database, () => {});
    expect(await entries()).toBeGreaterThanOrEqual(600);
  } finally {
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  }
  const sent = await queriesOf(database, async () => {
    await database.query('SELECT name FROM shop');
    await queriesOf(database, () => {});
  });
  expect(await entries()).toBe(0);
  expect(sent).toMatchObject([{ sql: 'SELECT name FROM shop', calls: 1 }]);
});
