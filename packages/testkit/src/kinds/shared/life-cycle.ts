import { addToFailure } from './add-to-failure.ts';
import type { Faults } from './faults/server-faults.ts';
import type { OpenFixture, Outcome, TestScope } from './fixture-kind.ts';
import { type Explain, telling } from './tell-error.ts';
import type { TestError } from './test-error.ts';

/** The share of one test in a server that others use too: a database, a virtual host or an account. */
export interface Share<Value> {
  readonly value: Value;
  /** Of servers that have some. */
  readonly faults?: Faults;
  /** Adds to a failure what the share holds. */
  show?(outcome: Outcome): Promise<void>;
  /** Ends what the test left in use. Resolves with the error to fail the test with, or undefined. */
  endLeft(): Promise<TestError | undefined>;
  /**
   * Empties the share for the next test, or gives it up.
   * @param wasInUse whether the test left it in use: the clients may still be alive
   */
  giveBack(wasInUse: boolean): Promise<void>;
}

/** How a kind of server is shared among tests. */
export interface LifeCycle<Value> {
  /** The name of the kind in messages. */
  readonly title: string;
  /** The name of a share in messages, with its article. */
  readonly share: string;
  readonly explain: Explain;
  /** The reason why tests cannot choose isolation `rollback`, and what to choose. */
  readonly noRollback: string;
  /** @param test of isolation `worker` or `clone` */
  take(test: TestScope): Promise<Share<Value>>;
}

/**
 * The life of a share, from the start of a test to the start of the next: taken, used, ended where it was left in use,
 * shown if the test failed, emptied and given back. A test that failed keeps its own error, which the others are added to.
 * @throws {Error} for isolation `rollback`, and when the share cannot be had.
 */
export async function openShare<Value>(
  { title, share, explain, noRollback, take }: LifeCycle<Value>,
  test: TestScope,
): Promise<OpenFixture<Value>> {
  if (test.isolation === 'rollback') {
    throw new Error(noRollback);
  }
  const taken = await telling(`Opening ${share} for '${test.name}' failed`, explain, () => take(test));
  return {
    value: taken.value,
    finish: (outcome) =>
      telling(`Setting back ${title} after '${test.name}' failed`, explain, () => finish(taken, title, outcome)),
  };
}

async function finish(share: Share<unknown>, title: string, outcome: Outcome): Promise<void> {
  const unmet = share.faults?.unmet(`its ${title}`);
  await share.faults?.mend();
  const left = await share.endLeft();
  if (outcome.failed) {
    await share.show?.(outcome);
  }
  await share.giveBack(left !== undefined);
  const problem = left ?? unmet;
  if (problem === undefined) {
    return;
  }
  if (!outcome.failed) {
    throw problem;
  }
  addToFailure(outcome, problem.message);
}
