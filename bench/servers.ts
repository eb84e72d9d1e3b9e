// How long a server takes to be there, beside `docker run`, and how much memory the testkit's own process takes.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import images from '../images.json' with { type: 'json' };
import { judge, printTimings, summarise } from './measure.ts';

const execute = promisify(execFile);
const COLD_RUNS = 5;
const ATTACHED_RUNS = 5;
/** The servers linger for the next run, and the reaper for the next servers. */
const LONGEST_FAREWELL = 60_000;

async function firstQuery(): Promise<number> {
  const { stdout } = await execute(process.execPath, [join(import.meta.dirname, 'first-query.ts')], {
    env: { ...process.env, TESTKIT_RUNTIME: 'containers' },
    timeout: 120_000,
  });
  return Number(stdout);
}

async function untilAllIsGone(): Promise<void> {
  const deadline = performance.now() + LONGEST_FAREWELL;
  while (performance.now() < deadline) {
    const { stdout } = await execute('docker', ['ps', '--all', '--quiet', '--filter', 'label=org.testcontainers=true']);
    if (stdout === '' && daemons().length === 0) return;
    await sleep(200);
  }
  throw new Error(`The testkit's containers were still there after ${LONGEST_FAREWELL / 1000} s: docker ps --all`);
}

/** Process ids of the testkit's daemons, with their resident memory in MB. Linux only. */
function daemons(): { pid: string; megabytes: number }[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('daemon/server-daemon.ts')) return [];
        const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        return [{ pid, megabytes: Number(kilobytes) / 1000 }];
      } catch {
        return []; // ended in this moment
      }
    });
}

async function dockerRun(): Promise<number> {
  const start = performance.now();
  await execute('docker', ['run', '--rm', images.postgres, 'true']);
  return performance.now() - start;
}

const cold: number[] = [];
const plain: number[] = [];
for (let run = 0; run <= COLD_RUNS; run++) {
  await untilAllIsGone();
  const times = [await dockerRun(), await firstQuery()] as const;
  if (run === 0) continue; // warms the machine's file cache
  plain.push(times[0]);
  cold.push(times[1]);
}
const attached: number[] = [];
for (let run = 0; run < ATTACHED_RUNS; run++) attached.push(await firstQuery());
const memory = daemons().reduce((sum, daemon) => sum + daemon.megabytes, 0);

const [docker, first, again] = [summarise(plain), summarise(cold), summarise(attached)];
printTimings({
  [`docker run --rm ${images.postgres} true`]: docker,
  'first query of a cold run on containers': first,
  'first query where the server is running': again,
});
judge({
  claim: 'first query of a cold run, in times of docker run',
  measured: first.median / docker.median,
  bound: 3,
  unit: '×',
  kind: 'at most',
});
judge({
  claim: 'attaching, in times of a cold start',
  measured: again.median / first.median,
  bound: 0.1,
  unit: '×',
  kind: 'at most',
});
judge({ claim: "the testkit's own process", measured: memory, bound: 150, unit: ' MB', kind: 'at most' });
