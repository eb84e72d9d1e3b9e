import type { NatsConnection } from '@nats-io/transport-node';
import type { FaultProxy } from '../shared/faults/fault-proxy.ts';
import { LeakError } from '../shared/test-error.ts';
import { waitBriefly } from '../shared/wait-briefly.ts';
import type { Account } from './account.ts';
import type { Client } from './clients-of.ts';

const REMEDY =
  'Close or drain every connection, also when an error is thrown (finally), and await it. What was left was cut; the ' +
  'next test starts clean.';

/**
 * Cuts the connections that a test left open, and closes its own.
 * @returns the error to fail the test with, if it left any.
 * @throws {Error} when someone is connected who could not be cut.
 */
export async function endLeft(
  account: Account,
  proxy: FaultProxy,
  own: NatsConnection,
): Promise<LeakError | undefined> {
  let left: readonly Client[] = [];
  await waitBriefly(async () => {
    left = await account.others([own]);
    return left.length === 0;
  });
  await Promise.all([proxy.close(), own.close()]);
  const stubborn = await account.untilAlone();
  if (stubborn.length > 0) {
    throw new Error(
      `Somebody is connected to the account by another way than the fixture's url, and cannot be cut:\n- ${stubborn.map(describeClient).join('\n- ')}\n` +
        'Connect by the url of the fixture only.',
    );
  }
  if (left.length === 0) {
    return undefined;
  }
  return new LeakError(
    `The test ended and left connections to NATS open:\n- ${left.map(describeClient).join('\n- ')}\n${REMEDY}`,
  );
}

function describeClient({ cid, name, lang, subscriptions, uptime }: Client): string {
  const who = name === undefined ? `without a name (${lang ?? 'of an unknown library'})` : `named '${name}'`;
  return `connection ${cid}, ${who}, open for ${uptime}, with ${subscriptions} subscriptions`;
}
