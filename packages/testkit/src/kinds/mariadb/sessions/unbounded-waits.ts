/** The settings of each session that was changed, in lower case. */
const settings = new WeakMap<object, string>();

const WAITS = [
  [/max_statement_time|max_execution_time/, 'for a statement that is slow or waits for a lock', 'max_statement_time'],
  [
    /idle_\w*transaction_timeout|(?<!lock_)wait_timeout/,
    'for locks of a transaction whose process hangs',
    'idle_transaction_timeout',
  ],
] as const;

/** Keeps in mind how a session is set up. */
export function noteSettings(connection: object, sql: string): void {
  if (/^\s*set\b/i.test(sql)) {
    settings.set(connection, `${settings.get(connection) ?? ''}\n${sql.toLowerCase()}`);
  }
}

/** What may wait for ever in the pool of a connection: a sentence each that goes on after "the pool". */
export function unboundedWaits(connection: object): readonly string[] {
  const set = settings.get(connection) ?? '';
  return WAITS.flatMap(([setting, wait, name]) =>
    setting.test(set) ? [] : [`waits ${wait}: set ${name} of each session`],
  );
}
