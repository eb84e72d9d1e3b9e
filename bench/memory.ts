import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PAGE_BYTES = 4096;
const EVERY_MS = 200;

/**
 * Runs `work` and watches what this process has started meanwhile. Linux only.
 * @returns the most memory that they held together, in bytes.
 */
export async function peakMemory(work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  let over = false;
  const watching = (async () => {
    while (!over) {
      peak = Math.max(peak, residentBelow(process.pid));
      await sleep(EVERY_MS);
    }
  })();
  try {
    await work();
  } finally {
    over = true;
    await watching;
  }
  return peak;
}

function residentBelow(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = read(`/proc/${name}/stat`)
      ?.replace(/^.*\) \S /, '')
      .split(' ')[0];
    if (parent !== undefined) {
      parents.set(Number(name), Number(parent));
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || isBelow(parent));
  };
  const pages = [...parents.keys()]
    .filter(isBelow)
    .map((pid) => Number(read(`/proc/${pid}/statm`)?.split(' ')[1] ?? 0));
  return pages.reduce((sum, each) => sum + each, 0) * PAGE_BYTES;
}

/** The text of a file; undefined where its process has ended meanwhile. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
