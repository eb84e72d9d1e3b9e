import type pg from 'pg';
import { expect } from 'vitest';
import { state, test, type Work } from '../../../../packages/testkit/integration/transactions/accounts.ts';
import { type AnomalyError, type AnomalyName, expectSerializable } from '../../../../packages/testkit/src/index.ts';

const levels = ['read committed', 'repeatable read', 'serializable'] as const;

/** Runs statements one after the other, and returns what those that read have answered. */
const statements =
  (...all: string[]): Work =>
  async (client: pg.ClientBase) => {
    const reads: unknown[] = [];
    for (const sql of all) {
      const { command, rows } = await client.query(sql);
      if (command === 'SELECT') {
        reads.push(rows.map((row) => row.balance));
      }
    }
    return reads;
  };

const read = (...names: number[]) =>
  `select balance from account where name in (${names.map(quote).join()}) order by name`;
const readAll = 'select balance from account order by name';
const readWhere = (condition: string) => `${readAll.replace('order', `where ${condition} order`)}`;
const write = (name: number, balance: number) => `update account set balance = ${balance} where name = ${quote(name)}`;
const add = (name: number, balance: number) => `insert into account values (${quote(name)}, ${balance})`;
const quote = (name: number) => `'${name}'`;

/**
 * The cases of https://github.com/ept/hermitage/blob/master/postgres.md, in which the account 1 begins with 10, and 2 with
 * 20. Pieces try again after 40001 and 40P01, so that only anomalies are left, by level of isolation in the order above.
 */
const cases: [string, string[][], (AnomalyName | undefined)[]][] = [
  [
    'G0, write cycles',
    [
      [write(1, 11), write(2, 21)],
      [write(1, 12), write(2, 22)],
    ],
    [undefined, undefined, undefined],
  ],
  [
    'G1a, aborted reads',
    [
      [write(1, 101), 'rollback'],
      [readAll, readAll],
    ],
    [undefined, undefined, undefined],
  ],
  [
    'G1b, intermediate reads',
    [
      [write(1, 101), write(1, 11)],
      [readAll, readAll],
    ],
    ['non-repeatable read', undefined, undefined],
  ],
  [
    'G1c, circular information flow',
    [
      [write(1, 11), read(2)],
      [write(2, 22), read(1)],
    ],
    ['write skew', 'write skew', undefined],
  ],
  [
    'OTV, observed transaction vanishes',
    [
      [write(1, 11), write(2, 19)],
      [write(1, 12), write(2, 18)],
      [read(1), read(2)],
    ],
    ['read skew', undefined, undefined],
  ],
  [
    'PMP, predicate-many-preceders',
    [[readWhere('balance = 30'), readWhere('balance % 3 = 0')], [add(3, 30)]],
    ['phantom', undefined, undefined],
  ],
  [
    'PMP, the same predicate twice',
    [[readWhere('balance % 3 = 0'), readWhere('balance % 3 = 0')], [add(3, 30)]],
    ['phantom', undefined, undefined],
  ],
  [
    'PMP, for write predicates',
    [
      ['update account set balance = balance + 10'],
      [readWhere('balance = 20'), 'delete from account where balance = 20'],
    ],
    ['phantom', undefined, undefined],
  ],
  [
    'P4, lost update',
    [
      [read(1), write(1, 11)],
      [read(1), write(1, 11)],
    ],
    ['lost update', undefined, undefined],
  ],
  [
    'G-single, read skew',
    [
      [read(1), read(2)],
      [write(1, 12), write(2, 18)],
    ],
    ['read skew', undefined, undefined],
  ],
  [
    'G-single, with predicate dependencies',
    [
      [readWhere('balance % 5 = 0'), readWhere('balance % 3 = 0')],
      ['update account set balance = 12 where balance = 10'],
    ],
    ['read skew', undefined, undefined],
  ],
  [
    'G-single, for write predicates',
    [
      [read(1), 'delete from account where balance = 20'],
      [write(1, 12), write(2, 18)],
    ],
    ['read skew', undefined, undefined],
  ],
  ['P2, fuzzy read', [[read(1), read(1)], [write(1, 12)]], ['non-repeatable read', undefined, undefined]],
  [
    'G2-item, write skew',
    [
      [read(1, 2), write(1, 11)],
      [read(1, 2), write(2, 21)],
    ],
    ['write skew', 'write skew', undefined],
  ],
  [
    'G2, anti-dependency cycles',
    [
      [readWhere('balance % 3 = 0'), add(3, 30)],
      [readWhere('balance % 3 = 0'), add(4, 42)],
    ],
    ['phantom write skew', 'phantom write skew', undefined],
  ],
  [
    'G2, with two anti-dependency edges',
    [[readAll, write(1, 0)], ['update account set balance = balance + 5 where name = $$2$$'], [readAll]],
    ['anti-dependency cycle', 'anti-dependency cycle', undefined],
  ],
];

for (const [name, pieces, expected] of cases) {
  for (const [index, isolation] of levels.entries()) {
    test(`${name}, at ${isolation}: ${expected[index] ?? 'none'}`, async ({ database, inTransaction }) => {
      const error = await expectSerializable(database, {
        pieces: pieces.map((piece) => inTransaction(statements(...piece), { attempts: 10 })),
        prepare: async () => {
          await database.query(`insert into account values ('1', 10), ('2', 20)`);
        },
        state,
        isolation,
      }).then(
        () => undefined,
        (reason: AnomalyError) => reason,
      );
      expect(error?.anomaly, error?.message).toBe(expected[index]);
      if (error) {
        expect(error.message).toContain(`(isolation ${isolation}): `);
      }
    });
  }
}
