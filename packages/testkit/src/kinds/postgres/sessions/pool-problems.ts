import type pg from 'pg';
import type { PoolProblem } from '../../shared/requests/request-work.ts';
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

/** What a pool leaves open that should not be: by the set-up of one of its clients. */
export function poolProblems(pool: pg.Pool, client: object): readonly PoolProblem[] {
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
  const unbounded = waits.flatMap(([isBounded, setting, wait]) => (isBounded ? [] : [`waits ${wait}: set ${setting}`]));
  if (pool.listenerCount('error') === 0) {
    unbounded.push(
      'has no listener for errors: an idle connection that the server ends then ends the process: pool.on("error", …)',
    );
  }
  return unbounded.map((text) => ({ name: 'unbounded wait', text }));
}
