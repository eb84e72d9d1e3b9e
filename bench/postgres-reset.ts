// What it costs to give the next test a clean database: the testkit's three ways beside no reset at all, TRUNCATE of
// all tables, and the snapshots of Testcontainers' PostgreSQL module. 30 tables, 60 indexes; a test writes 3 and reads
// 3.

import { postgres } from '@splitlevel/testkit/needs';
import { acquire } from '@splitlevel/testkit/servers';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import images from '../images.json' with { type: 'json' };
import { newEvidence } from '../packages/testkit/src/evidence/fixture-evidence.ts';
import { postgresKind } from '../packages/testkit/src/kinds/postgres/postgres-kind.ts';
import type { Isolation } from '../packages/testkit/src/kinds/shared/fixture-kind.ts';
import { judge, printTimings, summarise, type Timing } from './measure.ts';

const TABLES = 30;
const ROUNDS = 150;
/** The snapshots are slow, and their times differ little. */
const SNAPSHOT_ROUNDS = 12;

const names = Array.from({ length: TABLES }, (_, number) => `t${number}`);
const schema = names
  .map((name, number) => {
    const above = number === 0 ? 'bigint' : `bigint REFERENCES t${number - 1}`;
    return `CREATE TABLE ${name} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, above ${above}, body text);
      CREATE INDEX ON ${name} (above); CREATE INDEX ON ${name} (body);`;
  })
  .join('\n');

/** A way to give each test a clean database. */
interface Way {
  /** A database for the next test. */
  open(): Promise<pg.Pool>;
  /** The step after it. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

async function writeAndRead(pool: pg.Pool): Promise<void> {
  for (const name of ['t3', 't12', 't21']) {
    await pool.query(`INSERT INTO ${name} (body) VALUES ($1)`, ['a']);
    await pool.query(`SELECT * FROM ${name} WHERE body = $1`, ['a']);
  }
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await work(client).finally(() => client.end());
}

const migrate = (url: string) => withClient(url, (client) => client.query(schema));

/** A database with nothing of the testkit in it; `afterTest` is the whole reset. */
async function plainDatabase(afterTest?: string): Promise<Way> {
  const { url } = await acquire('postgres');
  const name = `bench_${crypto.randomUUID().replaceAll('-', '')}`;
  await withClient(url, (client) => client.query(`CREATE DATABASE ${name}`));
  const own = new URL(url);
  own.pathname = name;
  await migrate(own.href);
  const pool = new pg.Pool({ connectionString: own.href });
  // Dropping the database may be quicker than the end of a connection.
  pool.on('error', () => {});
  return {
    open: async () => pool,
    reset: async () => void (afterTest && (await pool.query(afterTest))),
    async close() {
      await pool.end();
      await withClient(url, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

async function testkitDatabase(isolation: Isolation): Promise<Way> {
  const need = postgres({ migrate });
  const prepared = await postgresKind.prepare(need, { directory: import.meta.dirname, key: 'database' });
  let opened: Awaited<ReturnType<typeof prepared.open>> | undefined;
  return {
    async open() {
      opened = await prepared.open({ isolation, name: 'bench', file: 'bench' });
      return opened.value.pool;
    },
    reset: async () => opened?.finish?.({ failed: false, errors: [], evidence: newEvidence('postgres') }),
    close: async () => prepared.close?.(),
  };
}

/** As quick as the module can be made: on memory, and without waiting for a disk. */
async function snapshotDatabase(): Promise<Way> {
  process.env.RYUK_CONTAINER_IMAGE = images.ryuk;
  const container = await new PostgreSqlContainer(images.postgres)
    .withDatabase('bench')
    .withTmpFs({ '/var/lib/postgresql': 'rw,size=512m' })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'])
    .start();
  await migrate(container.getConnectionUri());
  await container.snapshot();
  let pool: pg.Pool | undefined;
  return {
    async open() {
      pool = new pg.Pool({ connectionString: container.getConnectionUri() });
      return pool;
    },
    async reset() {
      await pool?.end();
      await container.restoreSnapshot();
    },
    close: async () => void (await container.stop()),
  };
}

/** Milliseconds of a whole test, and of its reset alone, which is all but what the test does itself. */
interface Samples {
  readonly whole: number[];
  readonly reset: number[];
}

async function sample(way: Way, samples?: Samples): Promise<void> {
  const start = performance.now();
  const pool = await way.open();
  const opened = performance.now();
  await writeAndRead(pool);
  const tested = performance.now();
  await way.reset();
  const end = performance.now();
  samples?.whole.push(end - start);
  samples?.reset.push(opened - start + end - tested);
}

/** In turns, so that a slow moment of the machine hits all ways. */
async function measure(ways: Record<string, Way>, rounds: number): Promise<Record<string, Samples>> {
  const samples = Object.fromEntries(Object.keys(ways).map((name) => [name, { whole: [], reset: [] } as Samples]));
  for (let round = -3; round < rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      await sample(way, round < 0 ? undefined : samples[name]);
    }
  }
  return samples;
}

const ways = {
  'no reset': await plainDatabase(),
  worker: await testkitDatabase('worker'),
  rollback: await testkitDatabase('rollback'),
  clone: await testkitDatabase('clone'),
  'TRUNCATE all': await plainDatabase(`TRUNCATE ${names.join()} RESTART IDENTITY CASCADE`),
};
const snapshots = { restoreSnapshot: await snapshotDatabase() };
try {
  const samples = { ...(await measure(ways, ROUNDS)), ...(await measure(snapshots, SNAPSHOT_ROUNDS)) };
  const timings = (part: keyof Samples, title: string): Record<string, Timing> =>
    Object.fromEntries(Object.entries(samples).map(([name, taken]) => [`${title}: ${name}`, summarise(taken[part])]));
  const whole = timings('whole', 'test and reset');
  const resets = timings('reset', 'reset alone');
  const medianOf = (timed: Record<string, Timing>, name: string) => timed[name]?.median ?? Number.NaN;
  printTimings(whole);
  printTimings(resets);
  judge({
    claim: 'a test with its reset (worker), in times of one with no reset',
    measured: medianOf(whole, 'test and reset: worker') / medianOf(whole, 'test and reset: no reset'),
    bound: 2,
    unit: '×',
    kind: 'at most',
  });
  judge({
    claim: "the snapshot restore of Testcontainers' module, in times of the reset (worker)",
    measured: medianOf(resets, 'reset alone: restoreSnapshot') / medianOf(resets, 'reset alone: worker'),
    bound: 50,
    unit: '×',
    kind: 'at least',
  });
} finally {
  await Promise.all(Object.values({ ...ways, ...snapshots }).map((way) => way.close()));
}
process.exit();
