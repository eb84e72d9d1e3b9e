import { describe, expect } from 'vitest';
import type { Database } from '../../src/index.ts';
import { type AnomalyError, expectSerializable } from '../../src/index.ts';
import type { MakePiece } from '../../src/transactions/interleave.ts';
import { balanceOf, setBalance, state, test, type Work } from './accounts.ts';

const prepareIn = (database: Database) => async () => {
  await database.query(`INSERT INTO account VALUES ('a', 100), ('b', 100)`);
};

const anomalyOf = async (work: Promise<unknown>): Promise<AnomalyError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'AnomalyError' });
  return error as AnomalyError;
};

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
    const piece = inTransaction((client) => client.query(`UPDATE account SET balance = balance + 1`));
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
      if (sum >= 150) await setBalance(client, name, 0);
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

describe('what is overwritten decides whether an update is lost', () => {
  const both = `SELECT (SELECT balance FROM account WHERE name = 'a') AS a, (SELECT balance FROM account WHERE name = 'b') AS b`;
  const nameOf = async (database: Database, pieces: MakePiece<void>[], wide: string) =>
    (await anomalyOf(expectSerializable(database, { pieces, prepare: prepareIn(database), state: wide }))).anomaly;
  const ifBoth =
    (sql: string, values: unknown[] = []): Work =>
    async (client) => {
      const { rows } = await client.query(`SELECT sum(balance)::int AS sum FROM account`);
      if (rows[0].sum === 200) await client.query(sql, values);
    };

  test.for([
    ['a value of the statement', 'UPDATE account SET balance = 0 WHERE name = $1', ['a'], ['b']],
    ['a text', `UPDATE account AS t SET balance = 0 WHERE t."name" = '%s'`, ['a'], ['b']],
    ['a row that is deleted', 'DELETE FROM account WHERE name = $1', ['a'], ['b']],
  ] as const)(
    'two rows, in one row of the state, by %s: write skew',
    async ([, sql, a, b], { database, inTransaction }) => {
      const piece = ([name]: readonly [string]) =>
        inTransaction(sql.includes('%s') ? ifBoth(sql.replace('%s', name)) : ifBoth(sql, [name]));
      expect(await nameOf(database, [piece(a), piece(b)], both)).toBe('write skew');
      expect(await nameOf(database, [piece(a), piece(b)], 'SELECT sum(balance) FROM account')).toBe('write skew');
    },
  );

  test('two columns of one row: write skew', async ({ database, inTransaction }) => {
    const close = ifBoth("UPDATE account SET is_open = false WHERE name = 'a'");
    const empty: Work = async (client) => {
      const { rows } = await client.query("SELECT is_open FROM account WHERE name = 'a'");
      if (rows[0].is_open) await setBalance(client, 'a', 0);
    };
    const pieces = [inTransaction(close), inTransaction(empty)];
    expect(await nameOf(database, pieces, 'SELECT name, balance, is_open FROM account ORDER BY name')).toBe(
      'write skew',
    );
  });

  test('the same row by other conditions: lost update', async ({ database, inTransaction }) => {
    const raise =
      (amount: number, condition: string): Work =>
      async (client) => {
        const balance = await balanceOf(client, 'a');
        await client.query(`UPDATE account SET balance = $1 WHERE ${condition}`, [balance + amount]);
      };
    const pieces = [inTransaction(raise(10, "name = 'a'")), inTransaction(raise(5, "name LIKE 'a%'"))];
    expect(await nameOf(database, pieces, both)).toBe('lost update');
  });

  test('pieces that write blindly, in more than one transaction, lose none: they had read nothing', async ({
    database,
    inTransaction,
  }) => {
    const write =
      (balance: number): Work =>
      async (client) => {
        await setBalance(client, 'a', balance);
        await client.query('COMMIT; BEGIN');
        await setBalance(client, 'b', balance);
      };
    const pieces = [inTransaction(write(1)), inTransaction(write(2))];
    expect(await nameOf(database, pieces, state)).toBe('not serializable');
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

test('what comes from a cache is no read of the database, also where it was not committed', async ({
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
    if (rowCount === 0) await client.query(`INSERT INTO account VALUES ('c', 1)`);
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
