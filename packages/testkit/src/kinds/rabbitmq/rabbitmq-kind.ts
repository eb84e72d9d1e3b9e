import type { FixtureKind } from '../shared/fixture-kind.ts';
import { type LifeCycle, openShare } from '../shared/life-cycle.ts';
import { stateOf, telling } from '../shared/tell-error.ts';
import { endLeft } from './leaks.ts';
import type { RabbitmqNeed } from './rabbitmq-need.ts';
import { server } from './rabbitmq-server.ts';
import { closeServerSession, openServerSession, type ServerSession } from './server-session.ts';
import type { VirtualHost } from './virtual-host.ts';
import { WorkerHost } from './worker-host.ts';

const NO_ROLLBACK =
  "RabbitMQ has no transaction that could be rolled back, so a test of isolation 'rollback' cannot use it. " +
  "Choose test.override('isolation', 'worker'), where what a test made is deleted after it, or 'clone'.";

/**
 * How a declared RabbitMQ becomes a fixture: each process makes a virtual host, with a user who may use no other.
 *
 * Set back between tests: queues with their messages, exchanges, bindings, and the faults. Ended, and the test failed:
 * connections that are still open; their clients would connect again, so that the next test gets another virtual host.
 * Outside of all this: users, policies and other virtual hosts, which the code under test cannot change.
 */
export const rabbitmqKind: FixtureKind<RabbitmqNeed, VirtualHost> = {
  title: 'RabbitMQ',
  async prepare() {
    const session = await telling('Connecting to RabbitMQ failed', stateOf(server), openServerSession);
    const hosts = new Hosts(session);
    return {
      open: (test) => openShare(lifeCycleOf(hosts), test),
      reuse: async () => true,
      close: async () => {
        await hosts.close();
        await closeServerSession();
      },
    };
  },
};

/** The virtual hosts of a package in this process. */
class Hosts {
  readonly #session: ServerSession;
  readonly #clean: WorkerHost[] = [];
  readonly #all = new Set<WorkerHost>();

  constructor(session: ServerSession) {
    this.#session = session;
  }

  async take(): Promise<WorkerHost> {
    const clean = this.#clean.pop();
    if (clean !== undefined) {
      return clean;
    }
    const host = await WorkerHost.make(this.#session);
    this.#all.add(host);
    return host;
  }

  give(host: WorkerHost): void {
    this.#clean.push(host);
  }

  async drop(host: WorkerHost): Promise<void> {
    this.#all.delete(host);
    await host.close();
  }

  /** A virtual host that cannot be deleted since the server is gone is gone with it. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#all].map((host) => this.drop(host)));
  }
}

function lifeCycleOf(hosts: Hosts): LifeCycle<VirtualHost> {
  return {
    title: 'RabbitMQ',
    share: 'a virtual host',
    explain: stateOf(server),
    noRollback: NO_ROLLBACK,
    async take({ isolation }) {
      const host = await hosts.take();
      return {
        value: host.fixture(),
        faults: host.faults,
        endLeft: () => endLeft(host),
        async giveBack(wasInUse) {
          if (wasInUse || isolation === 'clone') {
            return await hosts.drop(host);
          }
          await host.empty();
          hosts.give(host);
        },
      };
    },
  };
}
