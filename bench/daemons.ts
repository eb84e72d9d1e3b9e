import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openWorkspace } from '../packages/testkit/src/servers/workspace.ts';

const execute = promisify(execFile);

/** The servers linger for the next run, and the reaper for the next servers. */
const LONGEST_FAREWELL = 60_000;

/** A daemon of the testkit, with its resident memory in MB. */
interface Daemon {
  readonly root: string;
  readonly megabytes: number;
}

/** Waits until a workspace's daemon and its containers have ended, and the reaper where no other daemon holds it. */
export async function untilNoServers(root: string): Promise<void> {
  const own = `label=splitlevel.workspace=${openWorkspace(root).id}`;
  const deadline = performance.now() + LONGEST_FAREWELL;
  while (performance.now() < deadline) {
    const running = daemons();
    const filter = running.length > 0 ? own : 'label=org.testcontainers=true';
    const { stdout } = await execute('docker', ['ps', '--all', '--quiet', '--filter', filter]);
    if (stdout === '' && !running.some((daemon) => daemon.root === root)) {
      return;
    }
    await sleep(200);
  }
  throw new Error(`The testkit's containers were still there after ${LONGEST_FAREWELL / 1000} s: docker ps --all`);
}

/** The testkit's daemons on this machine. Linux only. */
export function daemons(): readonly Daemon[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        const program = words.findIndex((word) => /daemon\/server-daemon\.[jt]s$/.test(word));
        if (program === -1) {
          return [];
        }
        const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        return [{ root: words[program + 1] ?? '', megabytes: Number(kilobytes) / 1000 }];
      } catch {
        return []; // ended in this moment
      }
    });
}
