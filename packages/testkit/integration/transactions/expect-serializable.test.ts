import { describe, expect } from 'vitest';
import { expectSerializable } from '../../src/index.ts';
import { anomalyOf, balanceOf, prepareIn, setBalance, state, test, type Work } from './accounts.ts';

const add =
  (amount: number, lock = ''): Work =>
  async (client) => {
    const balance = await balanceOf(client, 'a', lock);
    await setBalance(client, 'a', balance + amount);
  };

describe('a read that is written back', () => {
  test('is a lost update without a lock', async ({ database, inTransaction }) => {
    const { anomaly, message } = await anomalyOf(
      expectSerializable(database, {
        pieces: [inTransaction(add(10)), inTransaction(add(5))],
        prepare: prepareIn(database),
        state,
      }),
    );
    expect(anomaly).toBe('lost update');
    expect(message).toContain(
      'Lost update, P4 (isolation read committed): all succeeded, and the state is as if second had never run.',
    );
    expect(message).toContain('> UPDATE account SET balance = $2 WHERE name = $1 [a, 110]');
    expect(message).toContain('SELECT balance FROM account WHERE name = $1 [a] → 100');
    expect(message).toContain('first, then second comes to:\n  state: {"name":"a","balance":115}');
    expect(message).toContain('SELECT … FOR UPDATE');
  });

  test('is right with a lock, in every interleaving', async ({ database, inTransaction }) => {
    const { interleavings } = await expectSerializable(database, {
      pieces: [inTransaction(add(10, 'FOR UPDATE')), inTransaction(add(5, 'FOR UPDATE'))],
      prepare: prepareIn(database),
      state,
    });
    expect(interleavings).toBe(18);
    expect(await database.query(state)).toEqual([]);
  });

  test('is right as one statement', async ({ database, inTransaction }) => {
    const piece = inTransaction((client) => client.query('UPDATE account SET balance = balance + 1'));
    await expectSerializable(database, { pieces: [piece, piece], prepare: prepareIn(database), state });
  });

  test('fails by 40001 in repeatable read, and that is to be retried', async ({ database, inTransaction }) => {
    const expectPieces = (attempts: number) =>
      expectSerializable(database, {
        pieces: [inTransaction(add(10), { attempts }), inTransaction(add(5), { attempts })],
        prepare: prepareIn(database),
        state,
        isolation: 'repeatable read',
      });
    const { anomaly, message } = await anomalyOf(expectPieces(1));
    expect(anomaly).toBe('serialization failure');
    expect(message).toMatch(
      /Serialization failure, not retried \(isolation repeatable read\): first was undone by the server \(40001\)/,
    );
    expect(message).toMatch(/> UPDATE account .* →.*\n +40001 could not serialize/);
    await expectPieces(3);
  });
});

describe('a decision by what another writes', () => {
  const withdraw =
    (name: string): Work =>
    async (client) => {
      const sum = (await balanceOf(client, 'a')) + (await balanceOf(client, 'b'));
      if (sum >= 150) {
        await setBalance(client, name, 0);
      }
    };

  for (const isolation of ['read committed', 'repeatable read'] as const) {
    test(`is write skew in ${isolation}`, async ({ database, inTransaction }) => {
      const { anomaly, message } = await anomalyOf(
        expectSerializable(database, {
          pieces: [inTransaction(withdraw('a')), inTransaction(withdraw('b'))],
          prepare: prepareIn(database),
          state,
          isolation,
        }),
      );
      expect(anomaly).toBe('write skew');
      expect(message).toContain('This came to:\n  state: {"name":"a","balance":0} {"name":"b","balance":0}');
    });
  }

  test('is right in serializable with a retry', async ({ database, inTransaction }) => {
    await expectSerializable(database, {
      pieces: [inTransaction(withdraw('a'), { attempts: 5 }), inTransaction(withdraw('b'), { attempts: 5 })],
      prepare: prepareIn(database),
      state,
      isolation: 'serializable',
    });
  });

  test('keeps the level that the code asks for itself', async ({ database, inTransaction }) => {
    const begin = 'BEGIN ISOLATION LEVEL SERIALIZABLE';
    const { anomaly, message } = await anomalyOf(
      expectSerializable(database, {
        pieces: [inTransaction(withdraw('a'), { begin }), inTransaction(withdraw('b'), { begin })],
        prepare: prepareIn(database),
        state,
      }),
    );
    expect(anomaly).toBe('serialization failure');
    expect(message).toContain('(isolation serializable)');
  });

  test('of its own is told, however it was chosen', async ({ database, inTransaction }) => {
    const levelOf = async (begin: string) => {
      const pieces = [inTransaction(withdraw('a'), { begin }), inTransaction(withdraw('b'), { begin })];
      const options = { pieces, prepare: prepareIn(database), state, isolation: 'read committed' as const };
      const { anomaly, message } = await anomalyOf(expectSerializable(database, options));
      return `${anomaly} ${/\((isolation [^)]*)\)/.exec(message)?.[1]}`;
    };
    expect(await levelOf('BEGIN')).toBe('write skew isolation read committed');
    expect(await levelOf('BEGIN; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')).toBe(
      'write skew isolation repeatable read',
    );
  });

  test('of a pool is told, and of two that differ', async ({ database, inTransaction, inTransactionWith }) => {
    const repeatable = inTransactionWith({ options: '-c default_transaction_isolation=repeatable\\ read' });
    const { message } = await anomalyOf(
      expectSerializable(database, {
        pieces: [inTransaction(withdraw('a')), repeatable(withdraw('b'))],
        prepare: prepareIn(database),
        state,
      }),
    );
    expect(message).toContain('(isolation of first read committed, of second repeatable read)');
  });
});

describe('locks in opposite order', () => {
  const move =
    (from: string, to: string): Work =>
    async (client) => {
      await client.query('UPDATE account SET balance = balance - 1 WHERE name = $1', [from]);
      await client.query('UPDATE account SET balance = balance + 1 WHERE name = $1', [to]);
    };

  test('are a deadlock, and right with a retry', async ({ database, inTransaction }) => {
    const expectPieces = (attempts: number) =>
      expectSerializable(database, {
        pieces: [inTransaction(move('a', 'b'), { attempts }), inTransaction(move('b', 'a'), { attempts })],
        prepare: prepareIn(database),
        state,
      });
    const { anomaly, message } = await anomalyOf(expectPieces(1));
    expect(anomaly).toBe('deadlock');
    expect(message).toContain('→ 40P01 deadlock');
    await expectPieces(3);
  });
});

describe('two reads that belong together', () => {
  const readTwice: Work = async (client) => [await balanceOf(client, 'a'), await balanceOf(client, 'a')];
  const write: Work = (client) => setBalance(client, 'a', 1).then(() => undefined);

  test('are a non-repeatable read in read committed, and right in repeatable read', async ({
    database,
    inTransaction,
  }) => {
    const expectPieces = (isolation: 'read committed' | 'repeatable read') =>
      expectSerializable(database, {
        pieces: [inTransaction(readTwice), inTransaction(write)],
        prepare: prepareIn(database),
        state,
        isolation,
      });
    const { anomaly, message } = await anomalyOf(expectPieces('read committed'));
    expect(anomaly).toBe('non-repeatable read');
    expect(message).toContain(
      'Non-repeatable read, P2 (isolation read committed): first got two answers to the same statement, for second wrote in between.',
    );
    await expectPieces('repeatable read');
  });
});

test('what comes from a cache is not a read of the database, also where it was not committed', async ({
  database,
  inTransaction,
}) => {
  let cache = 100;
  const { anomaly, message } = await anomalyOf(
    expectSerializable(database, {
      pieces: [
        inTransaction(async (client) => {
          cache = 0;
          await setBalance(client, 'a', 0);
          await balanceOf(client, 'b');
          cache = 100;
          throw new Error('no money');
        }),
        inTransaction(async (client) => [cache, await balanceOf(client, 'b')]),
      ],
      prepare: prepareIn(database),
      state,
    }),
  );
  expect(anomaly).toBe('shared state');
  expect(message).toMatch(
    /second returned what no serial order gives: \[0,100\]\. .*from elsewhere.*; first rolled back, so that it may be what never was committed/,
  );
});

test('an error that only the other piece provokes is told', async ({ database, inTransaction }) => {
  const create: Work = async (client) => {
    const { rowCount } = await client.query(`SELECT FROM account WHERE name = 'c'`);
    if (rowCount === 0) {
      await client.query(`INSERT INTO account VALUES ('c', 1)`);
    }
  };
  const pieces = [inTransaction(create), inTransaction(create)];
  const options = { pieces, prepare: prepareIn(database), state };
  const { anomaly, message } = await anomalyOf(expectSerializable(database, options));
  expect(anomaly).toBe('unexpected failure');
  expect(message).toMatch(
    /(first|second) failed, as it does in no serial order: threw error: duplicate key .*\(23505\)/,
  );
  await expectSerializable(database, {
    ...options,
    isRefusal: (error) => (error as { code?: string })?.code === '23505',
  });
});

test('a refusal that is declared is right, though the server caused it', async ({ database, inTransaction }) => {
  const pieces = [inTransaction(add(10)), inTransaction(add(5))];
  const isRefusal = (error: unknown) => (error as { code?: string })?.code === '40001';
  const options = { pieces, prepare: prepareIn(database), state, isolation: 'repeatable read' as const };
  await expectSerializable(database, { ...options, isRefusal });
});

test('a transaction that is left open is told', async ({ database, inTransaction }) => {
  const forgetful = inTransaction(async (client) => {
    await client.query('COMMIT');
    process.nextTick(() => client.query('BEGIN').catch(() => {}));
  });
  await expect(
    expectSerializable(database, { pieces: [forgetful, forgetful], prepare: prepareIn(database), state }),
  ).rejects.toThrow(/The pieces have ended and left the database in use:\n- pid \d+: idle in transaction/);
});

test('a piece that does not connect through its gate is told', async ({ database, inTransaction }) => {
  await expect(
    expectSerializable(database, {
      pieces: [inTransaction(add(1)), () => async () => {}],
      prepare: prepareIn(database),
      state,
    }),
  ).rejects.toThrow('the second piece sent no statement through the URL that it was given');
});
