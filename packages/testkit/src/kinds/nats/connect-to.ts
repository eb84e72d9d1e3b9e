import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type Target, targetOf } from '../shared/faults/fault-proxy.ts';

/** How long a connection may take. */
const TIMEOUT_MS = 10_000;

/** Where a NATS server is, and as whom. */
export interface Address extends Target {
  readonly user: string;
  readonly password: string;
}

/** @throws {Error} when the URL is invalid, or has no user with a password. */
export function addressOf(url: string): Address {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'nats:' || parsed.username === '' || parsed.password === '') {
    throw new Error('it must have the form nats://USER:PASSWORD@HOST:PORT');
  }
  return {
    ...targetOf(parsed, 4222),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
  };
}

/** The same server, as another user who has the same password. */
export function asUser(url: string, user: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(user);
  return changed.href;
}

/** Connects once: a connection of the testkit that is lost is not made again. */
export async function connectTo(url: string, name: string): Promise<NatsConnection> {
  const { host, port, user, password } = addressOf(url);
  return connect({
    servers: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
    user,
    pass: password,
    name,
    timeout: TIMEOUT_MS,
    reconnect: false,
    ignoreClusterUpdates: true,
  });
}
