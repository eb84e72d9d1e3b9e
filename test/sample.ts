import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { repositoryRoot } from './scratch-workspace.ts';

/** Whether slow suites run whole, as they do at night. */
export const whole = process.env.SPLITLEVEL_WHOLE === '1';

/**
 * The sample that a slow suite runs: a share that the commit's hash draws, so that a run can be repeated and the
 * commits of a week see everything; all of it with SPLITLEVEL_WHOLE=1, or where there is no commit.
 * @param share of the items, from 0 to 1; at least one is drawn
 * @param keyOf tells items apart, in any order of theirs
 * @returns the drawn items, in their order
 */
export function sample<T>(name: string, all: readonly T[], share: number, keyOf: (item: T) => string): readonly T[] {
  const commit = whole ? undefined : currentCommit();
  if (commit === undefined) {
    return all;
  }
  const drawn = draw(all, share, commit, keyOf);
  console.log(
    `${name}: ${drawn.length} of ${all.length}, drawn by the commit ${commit.slice(0, 12)}; SPLITLEVEL_WHOLE=1 runs all`,
  );
  return drawn;
}

/** The share of the items whose keys' hashes, with the seed, are lowest. */
export function draw<T>(all: readonly T[], share: number, seed: string, keyOf: (item: T) => string): readonly T[] {
  const rank = (item: T) =>
    createHash('sha256')
      .update(`${seed}\0${keyOf(item)}`)
      .digest('hex');
  const ranked = all.map((item) => ({ item, rank: rank(item) })).toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  const drawn = new Set(ranked.slice(0, Math.max(1, Math.ceil(all.length * share))).map(({ item }) => item));
  return all.filter((item) => drawn.has(item));
}

/** A number for what is random in a test: drawn by the commit, so that a run can be repeated. */
export function seedOf(name: string): number {
  const hash = createHash('sha256')
    .update(`${currentCommit() ?? ''}\0${name}`)
    .digest();
  return hash.readUInt32BE(0);
}

function currentCommit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: repositoryRoot, stdio: 'pipe' }).toString().trim();
  } catch {
    return undefined; // a tree without history
  }
}
