import { recordLeft } from '../../evidence/fixture-evidence.ts';
import { diagnose } from '../../servers/acquire.ts';
import { addToFailure } from '../shared/add-to-failure.ts';
import { openFaultProxy } from '../shared/faults/fault-proxy.ts';
import { ServerFaults } from '../shared/faults/server-faults.ts';
import type { OpenFixture, OpenNeed, Outcome, TestScope } from '../shared/fixture-kind.ts';
import { errorOf } from '../shared/tell-error.ts';
import { TestError } from '../shared/test-error.ts';
import type { Account } from './account.ts';
import { Accounts } from './accounts.ts';
import { addressOf, connectTo } from './connect-to.ts';
import { endLeft } from './leaks.ts';
import type { Nats } from './nats.ts';
import { server } from './nats-server.ts';

const NO_ROLLBACK =
  "This file chose isolation 'rollback', which NATS does not have: a message that was published cannot be taken back. " +
  "Choose test.override('isolation', 'worker'), where the account is emptied after each test, or 'clone'.";

/** Makes fixtures on a server. */
export async function openNats(url: string): Promise<OpenNeed<Nats>> {
  const accounts = await told('Finding a free account on NATS', () => Accounts.open(url));
  return {
    open: (test) => open(accounts, test),
    reuse: async () => accounts.areHeld,
    close: () => accounts.close(),
  };
}

async function open(accounts: Accounts, test: TestScope): Promise<OpenFixture<Nats>> {
  if (test.isolation === 'rollback') throw new Error(NO_ROLLBACK);
  const doing = `Opening an account of NATS for '${test.name}'`;
  const isClone = test.isolation === 'clone';
  const account = await told(doing, () => (isClone ? accounts.takeNew() : accounts.take()));
  const [proxy, connection] = await told(doing, () =>
    Promise.all([openFaultProxy(addressOf(account.url)), connectTo(account.url, "the test's own connection")]),
  );
  const faults = new ServerFaults(proxy);
  return {
    value: {
      url: proxy.through(account.url),
      connection,
      fault: faults.begin(),
    },
    async finish(outcome) {
      const unmet = faults.unmet('its NATS');
      if (outcome.failed) await explainFailure(account, outcome);
      await told(`Setting back NATS after '${test.name}'`, async () => {
        const left = await endLeft(account, proxy, connection);
        await account.clear();
        if (isClone) await accounts.release(account);
        else accounts.give(account);
        if (left && !outcome.failed) throw left;
        if (unmet) throw unmet;
      });
    },
  };
}

/** Adds to a failure what the account has. Never throws: the test's own error comes first. */
async function explainFailure(account: Account, outcome: Outcome): Promise<void> {
  const lines = await account.describe().catch((error: Error) => [`unknown: ${error.message}`]);
  if (lines.length === 0) return;
  recordLeft(outcome.evidence, 'account', lines);
  addToFailure(outcome, `When the test failed, its account of NATS had:\n- ${lines.join('\n- ')}`);
}

/** Tells an error of the testkit's own work: what was being done, the reason, and the state of the server. */
async function told<T>(doing: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof TestError) throw cause;
    throw errorOf(`${doing} failed`, cause, await diagnose(server).catch(() => undefined));
  }
}
