import { DatabaseError } from 'pg';
import { describe, expect, test } from 'vitest';
import { UnavailableError } from './errors.ts';
import { retried } from './in-transaction.ts';

const noWait = async () => {};

/** Work that fails with these codes, one a run, and then succeeds. */
function failing(...codes: string[]) {
  const work = async () => {
    work.runs += 1;
    const code = codes.shift();
    if (code !== undefined) {
      throw Object.assign(new DatabaseError('undone', 0, 'error'), { code });
    }
    return 'done';
  };
  work.runs = 0;
  return work;
}

describe('a transaction that PostgreSQL undid', () => {
  test.each(['40001', '40P01'])('%s: is run again', async (code) => {
    const work = failing(code, code);
    expect(await retried(work, noWait)).toBe('done');
    expect(work.runs).toBe(3);
  });

  test('is given up after five runs', async () => {
    const work = failing('40001', '40001', '40001', '40001', '40001');
    await expect(retried(work, noWait)).rejects.toThrow(UnavailableError);
    expect(work.runs).toBe(5);
  });
});

test('a transaction that failed by itself is not run again', async () => {
  const work = failing('23505');
  await expect(retried(work, noWait)).rejects.toThrow(DatabaseError);
  expect(work.runs).toBe(1);
});
