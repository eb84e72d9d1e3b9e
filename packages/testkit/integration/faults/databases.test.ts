import mysql from 'mysql2/promise';
import pg from 'pg';
import { describe, expect } from 'vitest';
import { createTest, type MariadbDatabase, type PostgresDatabase } from '../../src/index.ts';
import { mariadb, postgres } from '../../src/needs.ts';
import { describeOnContainers } from '../on-containers.ts';

const nothing = async () => {};

/** A client of the code under test, by whichever driver. */
interface Client {
  ask(): Promise<unknown>;
  close(): Promise<void>;
}
type Disturbed = Pick<PostgresDatabase | MariadbDatabase, 'url' | 'query' | 'fault'>;

async function openPostgres(url: string): Promise<Client> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  return { ask: () => client.query('SELECT 1'), close: () => client.end() };
}

async function openMariadb(url: string): Promise<Client> {
  const client = await mysql.createConnection(url);
  client.on('error', () => {});
  return { ask: () => client.query('SELECT 1'), close: async () => client.destroy() };
}

const onPostgres = createTest(import.meta.dirname, { database: postgres({ migrate: nothing }) });
const onMariadb = createTest(import.meta.dirname, { database: mariadb({ migrate: nothing }) });

const faults: readonly [
  title: string,
  work: (database: Disturbed, open: (url: string) => Promise<Client>) => Promise<void>,
][] = [
  [
    'reset: connections that are open break, and new ones are accepted',
    async (database, open) => {
      const client = await open(database.url);
      await client.ask();
      await database.fault('reset');
      await expect(client.ask()).rejects.toThrow();
      await client.close();
      const again = await open(database.url);
      await again.ask();
      await again.close();
    },
  ],
  [
    "down: nobody listens, but for the test's own look",
    async (database, open) => {
      {
        await using _down = await database.fault('down');
        await expect(open(database.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
        await database.query('SELECT 1');
      }
      const client = await open(database.url);
      await client.ask();
      await client.close();
    },
  ],
  [
    'slow: what it answers comes late, and at once when that is over',
    async (database, open) => {
      const client = await open(database.url);
      const began = performance.now();
      let asked: Promise<unknown>;
      {
        await using _slow = await database.fault('slow', { milliseconds: 700 });
        await client.ask();
        expect(performance.now() - began).toBeGreaterThan(650);
      }
      {
        await using _hung = await database.fault('slow');
        asked = client.ask();
        await database.query('SELECT 1');
      }
      await asked;
      expect(performance.now() - began).toBeLessThan(20_000);
      await client.close();
    },
  ],
];

describe('PostgreSQL that fails', () => {
  for (const [title, work] of faults) {
    onPostgres(title, ({ database }) => work(database, openPostgres));
  }
});

describeOnContainers('MariaDB that fails', () => {
  for (const [title, work] of faults) {
    onMariadb(title, ({ database }) => work(database, openMariadb));
  }
});
