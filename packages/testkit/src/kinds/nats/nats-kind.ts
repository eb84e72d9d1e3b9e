import { acquire } from '../../servers/acquire.ts';
import type { FixtureKind } from '../shared/fixture-kind.ts';
import type { Nats } from './nats.ts';
import type { NatsNeed } from './nats-need.ts';
import { server } from './nats-server.ts';

/**
 * How a declared NATS becomes a fixture.
 *
 * A worker has an account of its own, which nobody else is in. Between tests its streams are deleted, with messages,
 * consumers, key-value buckets and object stores. Ended, and the test failed: connections that were left open, with their
 * subscriptions. The test's door to the server is new for each test, so that a client of an earlier one finds it closed.
 */
export const natsKind: FixtureKind<NatsNeed, Nats> = {
  title: 'NATS',
  async prepare() {
    const { url } = await acquire(server);
    // Loaded by those who use it: the client takes its time.
    const { openNats } = await import('./open-nats.ts');
    return openNats(url);
  },
};
