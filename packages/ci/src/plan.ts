import { type Candidate, candidatesOf } from './affected.ts';
import { scopeOf } from './base.ts';
import { answeredByCache } from './cached.ts';
import { readDurations, suitesOf } from './durations.ts';
import type { Occasion } from './occasion.ts';
import { type Shard, shardsOf } from './shards.ts';
import { integrationTarget, quickTargets } from './targets.ts';

/** The plan of a run. */
export interface Plan {
  readonly occasion: string;
  /** The commit that the files are compared with; undefined where all tasks are looked at. */
  readonly base: string | undefined;
  readonly because: string;
  readonly tasks: readonly PlannedTask[];
}

export interface PlannedTask extends Candidate {
  readonly answeredByCache: boolean;
}

/** Which tasks of which packages would run, which the cache would answer, and the files that caused it. */
export async function makePlan(occasion: Occasion, root: string): Promise<Plan> {
  const scope = scopeOf(occasion, root);
  const candidates = candidatesOf(scope, targetsOf(occasion), root);
  const ids = new Set(candidates.map(({ id }) => id));
  const cached = occasion.fresh ? new Set<string>() : await answeredByCache(ids, root);
  return {
    occasion: occasion.name,
    base: scope.base,
    because: scope.because,
    tasks: candidates.map((task) => ({ ...task, answeredByCache: cached.has(task.id) })),
  };
}

/** The integration suites that would run, spread over at most `machines`. Those of the cache cost nothing, and are left out. */
export async function makeShards(plan: Plan, root: string, machines: number): Promise<Shard[]> {
  const running = plan.tasks.filter(({ target, answeredByCache }) => target === integrationTarget && !answeredByCache);
  return shardsOf(
    await suitesOf(
      running.map(({ project }) => project),
      root,
      readDurations(root),
    ),
    machines,
  );
}

export function targetsOf({ integration }: Pick<Occasion, 'integration'>): string[] {
  return integration ? [...quickTargets, integrationTarget] : [...quickTargets];
}
