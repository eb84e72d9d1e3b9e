import type pg from 'pg';
import { expect, test } from 'vitest';
import { freshenSession } from './fresh-session.ts';

/** A session that breaks off its statements as long as it has a short statement_timeout, which `attempts` cannot lift. */
function sessionThatBreaksOff(attempts: number): { client: pg.ClientBase; sent: string[] } {
  const sent: string[] = [];
  let left = attempts;
  const query = async (sql: string) => {
    sent.push(sql);
    if (sql === 'RESET statement_timeout' && left > 0) {
      left--;
    } else if (left === 0) {
      return { rows: [{ state: '{}' }] };
    }
    throw Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
  };
  return { client: { query } as unknown as pg.ClientBase, sent };
}

test('a statement_timeout is lifted, however often it breaks off what lifts it, and told', async () => {
  const { client, sent } = sessionThatBreaksOff(100);
  expect(await freshenSession(client, { settings: true })).toEqual([
    "a session of it still has statement_timeout = 'too short for any statement': RESET it, or SET LOCAL in a transaction",
  ]);
  expect(sent.filter((sql) => sql === 'RESET statement_timeout')).not.toHaveLength(0);
});
