import { cpus, totalmem } from 'node:os';

/** Milliseconds that `work` takes: the median, least and greatest of `runs` runs after one that warms up. */
export interface Timing {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
}

/**
 * Times several pieces of work in turns (a, b, a, b, …), so that a slow moment of the machine hits all of them.
 * @param before runs untimed before each round of each piece of work
 */
export async function timeInTurns<Name extends string>(
  work: Record<Name, () => Promise<unknown>>,
  runs: number,
  before: () => Promise<unknown> = async () => undefined,
): Promise<Record<Name, Timing>> {
  const names = Object.keys(work) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= runs; round++) {
    for (const name of names) {
      await before();
      const start = performance.now();
      await work[name]();
      if (round > 0) {
        samples[name].push(performance.now() - start);
      }
    }
  }
  return Object.fromEntries(names.map((name) => [name, summarise(samples[name])])) as Record<Name, Timing>;
}

/** Orders samples and takes their middle and ends. */
export function summarise(samples: number[]): Timing {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), least: at(0), greatest: at(1) };
}

/** One line of a report: a ratio, what it must not pass, and whether it holds. */
export interface Goal {
  readonly claim: string;
  readonly measured: number;
  readonly bound: number;
  readonly unit: string;
  readonly kind: 'at most' | 'at least';
  /** What bounds it, with the measurement that shows it; printed where the goal is missed. */
  readonly boundedBy?: string;
}

export function printTimings(timings: Record<string, Timing>): void {
  for (const [name, { median, least, greatest }] of Object.entries(timings)) {
    console.log(`  ${name.padEnd(52)} ${median.toFixed(1)} ms  (${least.toFixed(1)} to ${greatest.toFixed(1)})`);
  }
}

/** Prints the goal and makes the process fail where it is missed. */
export function judge({ claim, measured, bound, unit, kind, boundedBy }: Goal): void {
  const holds = kind === 'at most' ? measured <= bound : measured >= bound;
  console.log(`${holds ? 'holds ' : 'MISSED'} ${claim}: ${measured.toFixed(2)}${unit}, ${kind} ${bound}${unit}`);
  if (holds) {
    return;
  }
  if (boundedBy !== undefined) {
    console.log(`       ${boundedBy}`);
  }
  process.exitCode = 1;
}

export function describeMachine(): string {
  return `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
