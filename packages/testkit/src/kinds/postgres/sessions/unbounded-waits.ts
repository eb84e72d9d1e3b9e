import type pg from 'pg';
import { noteUnboundedWait, type RequestWork } from '../../shared/requests/request-work.ts';
import { wasSent } from './session-statements.ts';

/** Properties of the driver that its types leave out. */
interface Client {
  readonly connectionParameters: {
    readonly query_timeout?: number | false;
    readonly statement_timeout?: number | false;
    readonly idle_in_transaction_session_timeout?: number | false;
    readonly options?: string;
  };
}

/** Pools whose waits are known, or are none of the code's. */
const looked = new WeakSet<pg.Pool>();

/** For a pool of the testkit itself, which the code under test did not set up. */
export function leaveWaits(pool: pg.Pool): void {
  looked.add(pool);
}

/** Tells a request of what may wait for ever in the pool that it uses; the first one, for each pool. */
export function noteWaits(work: RequestWork, pool: pg.Pool, client: object): void {
  if (looked.has(pool)) {
    return;
  }
  looked.add(pool);
  const { connectionParameters: set } = client as Client;
  const hasSetting = (name: 'statement_timeout' | 'idle_in_transaction_session_timeout') =>
    Boolean(set[name]) || (set.options ?? '').includes(name) || wasSent(client, name);
  const waits: readonly (readonly [isBounded: boolean, setting: string, wait: string])[] = [
    [Boolean(pool.options.connectionTimeoutMillis), 'connectionTimeoutMillis', 'for a connection, if all are taken'],
    [hasSetting('statement_timeout'), 'statement_timeout', 'for a statement that is slow or waits for a lock'],
    [Boolean(set.query_timeout), 'query_timeout', 'for an answer, if the network loses it'],
    [
      hasSetting('idle_in_transaction_session_timeout'),
      'idle_in_transaction_session_timeout',
      'for locks of a transaction whose process hangs',
    ],
  ];
  for (const [isBounded, setting, wait] of waits) {
    if (!isBounded) {
      noteUnboundedWait(work, `waits ${wait}: set ${setting}`);
    }
  }
  if (pool.listenerCount('error') === 0) {
    noteUnboundedWait(
      work,
      'has no listener for errors: an idle connection that the server ends then ends the process: pool.on("error", …)',
    );
  }
}
