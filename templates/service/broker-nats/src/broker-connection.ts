import { setTimeout as pause } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Config } from './config.ts';
import { connectOptions, retryMs } from './connect-options.ts';
import type { Handling } from './deliver.ts';
import { inTime } from './in-time.ts';

/** Between the first attempts to connect, at most, in milliseconds. */
const longestRetryMs = 1000;
/** For what was sent to reach the broker before the connection is closed, in milliseconds. */
const drainMs = 1000;

export interface BrokerConnection {
  /** Resolves when there is a connection: now, or when it is made again. */
  up(): Promise<NatsConnection>;
  /** Aborted when the connection is lost: what was asked by it is not answered any more. */
  readonly lost: AbortSignal;
  close(): Promise<void>;
}

/** Connects until it succeeds or is closed, however long the broker is away, and again whenever the connection is lost. */
export function connectForEver(config: Config, log: Handling['log']): BrokerConnection {
  const closing = new AbortController();
  const opened = open(config, log, closing.signal);
  let up = Promise.withResolvers<NatsConnection>();
  let losing = new AbortController();

  async function follow(connection: NatsConnection): Promise<void> {
    up.resolve(connection);
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') {
        losing = new AbortController();
        up.resolve(connection);
      } else if (type === 'disconnect' && !closing.signal.aborted) {
        up = Promise.withResolvers();
        losing.abort(new Error('the connection was lost'));
        log.warn({}, 'the connection to the broker was lost');
      }
    }
  }

  opened.then(follow).catch(() => undefined);
  return {
    up: () => up.promise,
    get lost() {
      return losing.signal;
    },
    async close() {
      closing.abort();
      up.promise.catch(() => undefined);
      up.reject(new Error('the service stops'));
      const closed = opened.then(async (connection) => {
        await inTime('closing', drainMs, connection.drain()).catch(() => undefined);
        await connection.close();
      });
      // An attempt to connect may be under way.
      await inTime('closing', 2 * drainMs, closed).catch(() => undefined);
    },
  };
}

async function open(config: Config, log: Handling['log'], signal: AbortSignal): Promise<NatsConnection> {
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await connect(connectOptions(config));
    } catch (err) {
      log.warn({ err }, 'the broker cannot be reached');
      await pause(Math.min(longestRetryMs, retryMs * 2 ** attempt) * (1 + Math.random()), undefined, { signal });
    }
  }
}
