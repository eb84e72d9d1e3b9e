import type { Switch } from './mutants/code.ts';
import type { Mutant } from './mutants/mutant.ts';
import type { Look, Test } from './trial/messages.ts';

/** The tests that can notice a mutant. */
export interface Reach {
  readonly tests: readonly Test[];
  /** Whether they take long, or may share nothing with the mutant: the first that notices it is enough. */
  readonly isWide: boolean;
}

/** All of them that take no longer are asked: more is known then of what each catches. */
const LONG_MS = 5000;

/** Says which tests of a suite can notice a mutant. */
export function reachIn(look: Look, switches: readonly Switch[]): (mutant: Mutant) => Reach {
  const byId = new Map(look.tests.map((test) => [test.id, test]));
  const onLoad = new Set(look.reachedOnLoad);
  const ofPath = Map.groupBy(switches, ({ path }) => path);
  const some = (ids: readonly string[] = []) => ids.map((id) => byId.get(id)).filter((test) => test !== undefined);
  const loading = (path: string) => look.tests.filter(({ file }) => look.loads[file]?.includes(path));
  const inCode = ({ path, start, end }: Mutant): readonly Test[] => {
    const around = (ofPath.get(path) ?? [])
      .filter((each) => each.start <= start && end <= each.end)
      .toSorted((left, right) => left.end - left.start - (right.end - right.start))[0];
    const isOnLoad = around === undefined || onLoad.has(around.id);
    const reached = some(look.reached[around?.id ?? '']);
    return isOnLoad ? [...new Set([...loading(path), ...reached])] : reached;
  };
  return (mutant) => {
    if (mutant.kind === 'migration') {
      return { tests: look.tests, isWide: true };
    }
    const tests = mutant.kind === 'stub' ? some(look.answered[mutant.path]) : inCode(mutant);
    if (tests.length === 0 && mutant.kind !== 'stub') {
      // What no test reaches in its own process may be reached in one that it starts.
      return { tests: some(look.starters), isWide: true };
    }
    return { tests, isWide: tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0) > LONG_MS };
  };
}
