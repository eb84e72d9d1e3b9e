import type { Mutant, MutantKind } from './mutants/mutant.ts';
import type { Level, Look, Test } from './trial/messages.ts';
import type { Verdict } from './try-mutants.ts';

/** What became of a mutant. */
export interface Tried {
  readonly mutant: Mutant;
  readonly unit: Verdict | undefined;
  readonly integration: Verdict | undefined;
}

/** Which level catches a mutant. `unit, at least`: integration was not asked. */
export const CATCHERS = ['unit', 'unit, at least', 'both', 'integration', 'none', 'untried'] as const;
export type Catcher = (typeof CATCHERS)[number];

export function catcherOf({ unit, integration }: Omit<Tried, 'mutant'>): Catcher {
  if (unit?.outcome === 'caught') {
    return integration === undefined ? 'unit, at least' : integration.outcome === 'caught' ? 'both' : 'unit';
  }
  if (unit === undefined || integration === undefined) {
    return integration?.outcome === 'caught' ? 'integration' : 'untried';
  }
  return integration.outcome === 'caught' ? 'integration' : 'none';
}

/** How many mutants of each kind each level catches. */
export function countLevels(all: readonly Tried[]): ReadonlyMap<MutantKind, Readonly<Record<Catcher, number>>> {
  return new Map(
    [...Map.groupBy(all, ({ mutant }) => mutant.kind)].map(([kind, own]) => {
      const counts = Object.fromEntries(CATCHERS.map((name) => [name, 0])) as Record<Catcher, number>;
      for (const tried of own) {
        counts[catcherOf(tried)] += 1;
      }
      return [kind, counts];
    }),
  );
}

/** Those that no level catches, the dearest first. */
export function survivorsOf(all: readonly Tried[]): readonly Tried[] {
  return all
    .filter((tried) => catcherOf(tried) === 'none')
    .toSorted(
      ({ mutant: left }, { mutant: right }) =>
        right.cost - left.cost || left.path.localeCompare(right.path) || left.start - right.start,
    );
}

/**
 * The tests of a level without which the same mutants are caught, undefined where it was not asked of all mutants: of every mutant that one of them catches, another
 * test of the level does too. Where not all tests that catch a mutant are known, those that are known count as needed.
 */
export function needlessTests(
  level: Level,
  { tests }: Pick<Look, 'tests'>,
  all: readonly Tried[],
): readonly Test[] | undefined {
  if (all.some((tried) => tried[level] === undefined)) {
    return undefined;
  }
  const needed = new Set<string>();
  for (const { [level]: verdict } of all) {
    if (verdict?.outcome === 'caught' && (!verdict.isComplete || verdict.by.length === 1)) {
      for (const { id } of verdict.by) {
        needed.add(id);
      }
    }
  }
  return tests.filter(({ id }) => !needed.has(id));
}
