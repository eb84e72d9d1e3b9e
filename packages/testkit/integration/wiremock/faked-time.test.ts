import { afterAll, beforeAll, expect, vi } from 'vitest';
import { createTest, expectAnswerWithin, get } from '../../src/index.ts';
import { postgres, upstream } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({ migrate: runSql('CREATE TABLE job (name text)') }),
  rates: upstream('rates'),
});

// From before the first fixture until after the last: all that the testkit does, it does meanwhile.
beforeAll(() => void vi.useFakeTimers({ now: new Date('2030-01-01') }));
afterAll(() => void vi.useRealTimers());

test.for([1, 2])('the testkit works while the clock stands still, %i', async (_, { database, rates }) => {
  expect(new Date().getFullYear()).toBe(2030);
  await database.query("INSERT INTO job VALUES ('a')");
  await rates.stub(get('/EUR').respond(200, { rate: '1.1' }).times(1));
  expect(await (await fetch(`${rates.url}/EUR`)).json()).toEqual({ rate: '1.1' });
  expect(await database.query('SELECT name FROM job')).toEqual([{ name: 'a' }]);
  await expect(expectAnswerWithin(20, () => new Promise(() => {}))).rejects.toThrow('20 ms');
});
