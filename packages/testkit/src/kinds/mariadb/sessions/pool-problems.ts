import type { PoolProblem } from '../../shared/requests/request-work.ts';

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

/** What the sessions of a pool leave to the server that should not be: by the set-up of one of them. */
export function poolProblems(connection: object): readonly PoolProblem[] {
  const set = settings.get(connection) ?? '';
  const waits = WAITS.flatMap(([setting, wait, name]): PoolProblem[] =>
    setting.test(set) ? [] : [{ name: 'unbounded wait', text: `waits ${wait}: set ${name} of each session` }],
  );
  return [...waits, ...lenient(set)];
}

function lenient(set: string): PoolProblem[] {
  const found: PoolProblem[] = [];
  if (!/\btime_zone\b/.test(set)) {
    const text =
      "takes the server's time zone, in which now() and timestamps are local times: set time_zone = '+00:00' of each session";
    found.push({ name: 'session setting', text });
  }
  const [, mode] = [...set.matchAll(/sql_mode\s*=\s*('[^']*'|"[^"]*")/g)].at(-1) ?? [];
  if (mode !== undefined && !/strict|traditional/.test(mode)) {
    const text = `sets sql_mode = ${mode}, with which values that do not fit are cut or become zeros: add 'traditional' to it`;
    found.push({ name: 'session setting', text });
  }
  return found;
}
