import type { NatsConnection } from '@nats-io/transport-node';

/** Every account may ask the server for its own connections. Source: https://docs.nats.io/running-a-nats-service/configuration/sys_accounts */
const SUBJECT = '$SYS.REQ.ACCOUNT.PING.CONNZ';

/** How long the server may take to answer. */
const TIMEOUT_MS = 5000;

/** More connections than an account ever has. */
const LIMIT = 10_000;

/** A connection to the server, as the server sees it. */
export interface Client {
  /** Never given again, as long as the server runs. */
  readonly cid: number;
  readonly name?: string;
  readonly lang?: string;
  readonly subscriptions: number;
  readonly uptime: string;
}

/** All connections to the account that one of its connections belongs to. */
export async function clientsOf(connection: NatsConnection): Promise<Client[]> {
  const answer = await connection.request(SUBJECT, JSON.stringify({ limit: LIMIT }), { timeout: TIMEOUT_MS });
  const { data, error } = answer.json<{ data?: { connections?: Client[] }; error?: { description: string } }>();
  if (data === undefined) {
    throw new Error(`NATS did not say who is connected: ${error?.description ?? 'no data'}`);
  }
  return data.connections ?? [];
}

/** The number that the server gave a connection. */
export function cidOf(connection: NatsConnection): number {
  return connection.info?.client_id ?? -1;
}
