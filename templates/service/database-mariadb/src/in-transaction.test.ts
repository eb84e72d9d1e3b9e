import { describe, expect, test } from 'vitest';
import { UnavailableError } from './errors.ts';
import { retried } from './in-transaction.ts';

const noWait = async () => {};

/** Work that fails with these errors of the server, one a run, and then succeeds. */
function failing(...numbers: number[]) {
  const work = async () => {
    work.runs += 1;
    const errno = numbers.shift();
    if (errno !== undefined) {
      throw Object.assign(new Error('undone'), { errno });
    }
    return 'done';
  };
  work.runs = 0;
  return work;
}

describe('a transaction that MariaDB undid', () => {
  test.each([1213, 1020])('%s: is run again', async (errno) => {
    const work = failing(errno, errno);
    expect(await retried(work, noWait)).toBe('done');
    expect(work.runs).toBe(3);
  });

  test('is given up after five runs', async () => {
    const work = failing(1213, 1213, 1213, 1213, 1213);
    await expect(retried(work, noWait)).rejects.toThrow(UnavailableError);
    expect(work.runs).toBe(5);
  });
});

test('a transaction that failed by itself is not run again', async () => {
  const work = failing(1062);
  await expect(retried(work, noWait)).rejects.toMatchObject({ errno: 1062 });
  expect(work.runs).toBe(1);
});
