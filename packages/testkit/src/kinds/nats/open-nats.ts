import { recordLeft } from '../../evidence/fixture-evidence.ts';
import { addToFailure } from '../shared/add-to-failure.ts';
import { openFaultProxy } from '../shared/faults/fault-proxy.ts';
import { ServerFaults } from '../shared/faults/server-faults.ts';
import type { OpenNeed, Outcome } from '../shared/fixture-kind.ts';
import { type LifeCycle, openShare, type Share } from '../shared/life-cycle.ts';
import { stateOf, telling } from '../shared/tell-error.ts';
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
  const explain = stateOf(server);
  const accounts = await telling('Finding a free account on NATS failed', explain, () => Accounts.open(url));
  const lifeCycle: LifeCycle<Nats> = {
    title: 'NATS',
    share: 'an account of NATS',
    explain,
    noRollback: NO_ROLLBACK,
    take: ({ isolation }) => take(accounts, isolation === 'clone'),
  };
  return {
    open: (test) => openShare(lifeCycle, test),
    reuse: async () => accounts.areHeld,
    close: () => accounts.close(),
  };
}

async function take(accounts: Accounts, isClone: boolean): Promise<Share<Nats>> {
  const account = await (isClone ? accounts.takeNew() : accounts.take());
  const [proxy, connection] = await Promise.all([
    openFaultProxy(addressOf(account.url)),
    connectTo(account.url, "the test's own connection"),
  ]);
  const faults = new ServerFaults(proxy);
  return {
    value: { url: proxy.through(account.url), connection, fault: faults.begin() },
    faults,
    show: (outcome) => showAccount(account, outcome),
    endLeft: () => endLeft(account, proxy, connection),
    async giveBack() {
      await account.clear();
      if (isClone) {
        await accounts.release(account);
      } else {
        accounts.give(account);
      }
    },
  };
}

/** Adds to a failure what the account has. Never throws: the test's own error comes first. */
async function showAccount(account: Account, outcome: Outcome): Promise<void> {
  const lines = await account.describe().catch((error: Error) => [`unknown: ${error.message}`]);
  if (lines.length === 0) {
    return;
  }
  recordLeft(outcome.evidence, 'account', lines);
  addToFailure(outcome, `When the test failed, its account of NATS had:\n- ${lines.join('\n- ')}`);
}
