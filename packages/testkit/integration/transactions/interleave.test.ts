import { expect } from 'vitest';
import { interleave, withRowsLocked } from '../../src/index.ts';
import { balanceOf, setBalance, state, test, type Work } from './accounts.ts';

const add =
  (amount: number, lock = ''): Work =>
  async (client) => {
    const balance = await balanceOf(client, 'a', lock);
    await setBalance(client, 'a', balance + amount);
    return balance;
  };

test('statements run in the order that is asked for, and the rest piece by piece', async ({
  database,
  inTransaction,
}) => {
  await database.query(`INSERT INTO account VALUES ('a', 100)`);
  const { results, timeline } = await interleave(database, [inTransaction(add(10)), inTransaction(add(5))], {
    order: ['first', 'second'],
  });
  expect(results).toEqual([
    { status: 'fulfilled', value: 100 },
    { status: 'fulfilled', value: 100 },
  ]);
  expect(await database.query(state)).toEqual([{ name: 'a', balance: 105 }]);
  const column = (line: string) => (line.startsWith('   ') ? 'second' : 'first');
  expect(timeline.split('\n').slice(2).map(column)).toEqual([
    'first',
    'first',
    'second',
    'second',
    'first',
    'first',
    'second',
    'second',
  ]);
});

test('who waits for a lock is passed over, and goes on when it is free', async ({ database, inTransaction }) => {
  await database.query(`INSERT INTO account VALUES ('a', 100)`);
  const pieces = [inTransaction(add(10, 'FOR UPDATE')), inTransaction(add(5, 'FOR UPDATE'))];
  const { results } = await interleave(database, pieces, {
    order: ['first', 'second', 'second', 'second', 'first', 'first', 'second'],
  });
  expect(results[1]).toEqual({ status: 'fulfilled', value: 110 });
  expect(await database.query(state)).toEqual([{ name: 'a', balance: 115 }]);
});

test('all pieces get the level of isolation, without asking for it', async ({ database, inTransaction }) => {
  const level: Work = async (client) =>
    (await client.query('SHOW transaction_isolation')).rows[0].transaction_isolation;
  const pieces = [inTransaction(level), inTransaction(level, { begin: 'BEGIN ISOLATION LEVEL SERIALIZABLE' })];
  const { results } = await interleave(database, pieces, { order: [], isolation: 'repeatable read' });
  expect(results.map((result) => result.status === 'fulfilled' && result.value)).toEqual([
    'repeatable read',
    'serializable',
  ]);
});

test('a hang ends, and says which statement waits for whom', async ({ database, inTransaction }) => {
  await database.query(`INSERT INTO account VALUES ('a', 100)`);
  const pieces = [
    inTransaction((client) => setBalance(client, 'a', 1)),
    inTransaction((client) => balanceOf(client, 'a')),
  ];
  await withRowsLocked(database, 'SELECT * FROM account FOR UPDATE', () =>
    expect(interleave(database, pieces, { order: ['second', 'first'] })).rejects.toThrow(
      /for 5 s nothing has happened\.\n- first waits for a lock that pid \d+, which is not one of the pieces, has at: UPDATE account/,
    ),
  );
});

test('an order of pieces that are not there is refused', async ({ database, inTransaction }) => {
  const pieces = [inTransaction(add(1)), inTransaction(add(1))];
  await expect(interleave(database, pieces, { order: ['third'] })).rejects.toThrow(
    "'third' is not one of first, second",
  );
  await expect(interleave(database, [inTransaction(add(1))], { order: [] })).rejects.toThrow('give two to four');
});
