import { balance, type Suite, secondsOf } from './balance.ts';

/** The share of one machine. It is handed over whole, so that no machine decides anew what is left for it. */
export interface Shard {
  /** For people and names of artifacts: `1-of-3`. */
  readonly name: string;
  readonly seconds: number;
  readonly suites: readonly ShardSuite[];
}

export interface ShardSuite {
  readonly project: string;
  /** The files that other machines run. A file that nobody knew of runs everywhere, so that none is ever left out. */
  readonly exclude: readonly string[];
}

/** A further machine costs its start and an installation, so it has to have this to do, in seconds. */
const WORTH_A_MACHINE = 90;

/** Spreads suites over at most `most` machines, as many as are worth it. */
export function shardsOf(suites: readonly Suite[], most: number): Shard[] {
  const total = secondsOf(suites.flatMap(({ files }) => files));
  const machines = Math.max(1, Math.min(most, Math.floor(total / WORTH_A_MACHINE)));
  const shares = balance(suites, machines);
  const wholes = new Map(suites.map(({ project, files }) => [project, files]));
  return shares.map((share, index) => ({
    name: `${index + 1}-of-${shares.length}`,
    seconds: Math.round(secondsOf(share.flatMap(({ files }) => files))),
    suites: share.map(({ project, files }) => {
      const here = new Set(files.map(({ path }) => path));
      const exclude = (wholes.get(project) ?? []).map(({ path }) => path).filter((path) => !here.has(path));
      return { project, exclude: exclude.sort() };
    }),
  }));
}

/**
 * Reads what a machine was handed.
 * @throws {Error} when it is not a shard
 */
export function parseShard(text: string): Shard {
  try {
    const shard: Shard = JSON.parse(text);
    for (const { project, exclude } of shard.suites) {
      if (typeof project !== 'string' || !Array.isArray(exclude)) {
        throw new Error('a suite without project or exclude');
      }
    }
    return shard;
  } catch (cause) {
    throw new Error(
      `CI_SHARD is not a shard: ${(cause as Error).message}. It holds one entry of the array that the script ci:plan prints with --shards.`,
      { cause },
    );
  }
}
