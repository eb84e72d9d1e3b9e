// How long a server takes to be there, beside `docker run`, and how much memory the testkit's own process takes.
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import images from '../images.json' with { type: 'json' };
import { daemons, untilNoServers } from './daemons.ts';
import { judge, printTimings, summarise, type Timing } from './measure.ts';

const execute = promisify(execFile);
const COLD_RUNS = 5;
const ATTACHED_RUNS = 5;
const root = dirname(import.meta.dirname);

async function firstQuery(): Promise<number> {
  const { stdout } = await execute(process.execPath, [join(import.meta.dirname, 'first-query.ts')], {
    env: { ...process.env, TESTKIT_RUNTIME: 'containers' },
    timeout: 120_000,
  });
  return Number(stdout);
}

/** Milliseconds of `docker run` with PostgreSQL's image. */
async function dockerRun(...args: string[]): Promise<number> {
  const start = performance.now();
  await execute('docker', ['run', '--rm', ...args]);
  return performance.now() - start;
}

/** What no start can do without: an engine that starts a container, and a server that makes its databases and answers. */
const ALONE = `initdb --no-sync --no-instructions >/dev/null 2>&1
pg_ctl start -w -o '-c fsync=off' >/dev/null
psql -h 127.0.0.1 -c 'SELECT 1' postgres >/dev/null`;

const cold: number[] = [];
const plain: number[] = [];
const alone: number[] = [];
for (let run = 0; run <= COLD_RUNS; run++) {
  await untilNoServers(root);
  const server = ['--user', 'postgres', '--env', 'PGDATA=/tmp/data', images.postgres, 'sh', '-ec', ALONE];
  const times = [await dockerRun(images.postgres, 'true'), await firstQuery(), await dockerRun(...server)] as const;
  if (run === 0) {
    continue; // warms the machine's file cache
  }
  plain.push(times[0]);
  cold.push(times[1]);
  alone.push(times[2]);
}
const attached: number[] = [];
for (let run = 0; run < ATTACHED_RUNS; run++) {
  attached.push(await firstQuery());
}
const memory = daemons().find((daemon) => daemon.root === root)?.megabytes ?? Number.NaN;

const [docker, first, again, server] = [plain, cold, attached, alone].map(summarise) as [
  Timing,
  Timing,
  Timing,
  Timing,
];
printTimings({
  [`docker run --rm ${images.postgres} true`]: docker,
  'first query of a cold run on containers': first,
  'docker run of that image, initdb, start, first query': server,
  'first query where the server is running': again,
});
judge({
  claim: 'first query of a cold run, in times of docker run',
  measured: first.median / docker.median,
  bound: 2,
  unit: '×',
  kind: 'at most',
  boundedBy: `Bounded by the server: docker run of the image with initdb, start and a query takes ${(server.median / docker.median).toFixed(2)} times as long.`,
});
judge({
  claim: 'attaching, in times of a cold start',
  measured: again.median / first.median,
  bound: 0.1,
  unit: '×',
  kind: 'at most',
});
judge({ claim: "the testkit's own process", measured: memory, bound: 150, unit: ' MB', kind: 'at most' });
