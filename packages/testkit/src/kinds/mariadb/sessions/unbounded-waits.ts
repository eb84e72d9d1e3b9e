import { noteUnboundedWait, type RequestWork } from '../../shared/requests/request-work.ts';

/** Properties of the driver's connections that its types leave out. */
interface Connection {
  /** Those outside of a pool have none; null once it was taken out of it. */
  readonly _pool?: object | null;
}

/** The settings of each session that was changed, in lower case. */
const settings = new WeakMap<object, string>();
/** Pools whose waits are known, or are none of the code's. */
const looked = new WeakSet<object>();

const WAITS = [
  [/max_statement_time|max_execution_time/, 'for a statement that is slow or waits for a lock', 'max_statement_time'],
  [
    /idle_\w*transaction_timeout|(?<!lock_)wait_timeout/,
    'for locks of a transaction whose process hangs',
    'idle_transaction_timeout',
  ],
] as const;

/** For a pool of the testkit itself, which the code under test did not set up. */
export function leaveWaits(pool: object): void {
  looked.add(pool);
}

/** Keeps in mind how a session is set up, and tells the first request of a pool what may wait for ever. */
export function noteWaits(work: RequestWork | undefined, connection: object, sql: string): void {
  if (/^\s*set\b/i.test(sql)) {
    settings.set(connection, `${settings.get(connection) ?? ''}\n${sql.toLowerCase()}`);
  }
  const { _pool: pool } = connection as Connection;
  if (work === undefined || pool === undefined || pool === null || looked.has(pool)) {
    return;
  }
  looked.add(pool);
  for (const [setting, wait, name] of WAITS) {
    if (!setting.test(settings.get(connection) ?? '')) {
      noteUnboundedWait(work, `waits ${wait}: set ${name} of each session`);
    }
  }
}
