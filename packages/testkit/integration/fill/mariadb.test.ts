import { expect } from 'vitest';
import { createTest, fill } from '../../src/index.ts';
import { mariadb } from '../../src/needs.ts';
import { run } from '../mariadb/every-kind-of-table.ts';
import { describeOnContainers } from '../on-containers.ts';

const TABLES = [
  "CREATE TABLE shop (id int PRIMARY KEY, `Na'me` varchar(9) NOT NULL UNIQUE, region int)",
  'CREATE TABLE tag (id uuid PRIMARY KEY DEFAULT uuid(), label text NOT NULL)',
  `CREATE TABLE item (
    id bigint AUTO_INCREMENT PRIMARY KEY, shop_id int NOT NULL REFERENCES shop (id), parent bigint REFERENCES item (id),
    small smallint NOT NULL UNIQUE, middle int NOT NULL, price decimal(12,2) NOT NULL CHECK (price > 0),
    little decimal(3,2) NOT NULL, tiny decimal(2,2) NOT NULL, share decimal(5,2) NOT NULL CHECK (share BETWEEN 0 AND 100),
    single float NOT NULL, twofold double NOT NULL, status varchar(10) NOT NULL CHECK (status IN ('open', 'done')),
    rating int NOT NULL CHECK (rating BETWEEN 1 AND 5), fixed char(4) NOT NULL, mood enum('happy', 'Sad') NOT NULL,
    yes boolean NOT NULL, day date NOT NULL, at datetime(6) NOT NULL, stamp timestamp NOT NULL DEFAULT '2020-01-01 00:00:00',
    clock time NOT NULL, \`year\` year NOT NULL, \`key\` uuid NOT NULL UNIQUE, document json NOT NULL, bytes blob NOT NULL,
    few varbinary(3) NOT NULL, address inet6 NOT NULL, flags bit(3) NOT NULL, long_one longtext NOT NULL,
    made datetime NOT NULL DEFAULT now(), twice int AS (middle * 2) STORED, place point)`,
  `CREATE TABLE item_tag (item_id bigint NOT NULL, tag_id uuid NOT NULL, PRIMARY KEY (item_id, tag_id),
    FOREIGN KEY (item_id) REFERENCES item (id), FOREIGN KEY (tag_id) REFERENCES tag (id))`,
  'CREATE TABLE strict (id int PRIMARY KEY, email varchar(50) NOT NULL, low int, high int, CONSTRAINT strict_order CHECK (low > high))',
  'CREATE TABLE odd (place point NOT NULL)',
];

const test = createTest(import.meta.dirname, {
  database: mariadb({
    migrate: async (url) => {
      for (const table of TABLES) {
        await run(url, table);
      }
    },
  }),
});

describeOnContainers('MariaDB', () => {
  test('every kind of column gets values, and keys lead to rows that are there', async ({ database }) => {
    await fill(database, 'shop', 7);
    await fill(database, 'item', 500);
    await fill(database, 'item', 500);
    expect(
      await database.query(
        `SELECT count(*) AS items, count(DISTINCT shop_id) AS shops, count(DISTINCT small) AS smalls, min(rating) AS low,
         max(rating) AS high, count(DISTINCT mood) AS moods, count(DISTINCT status) AS statuses FROM item`,
      ),
    ).toEqual([{ items: 1000, shops: 7, smalls: 1000, low: 1, high: 5, moods: 2, statuses: 2 }]);
  });

  test('a table between two others gets each pair once', async ({ database }) => {
    await fill(database, 'shop', 1);
    await fill(database, 'item', 30);
    await fill(database, 'tag', 20);
    await fill(database, 'item_tag', 600);
    expect(
      await database.query('SELECT count(DISTINCT item_id) AS items, count(DISTINCT tag_id) AS tags FROM item_tag'),
    ).toEqual([{ items: 30, tags: 20 }]);
  });

  test('thousands of rows', async ({ database }) => {
    await fill(database, 'shop', 3001);
    expect(await database.query('SELECT count(*) AS total, max(id) AS last FROM shop')).toEqual([
      { total: 3001, last: 3001 },
    ]);
  });

  test('values of the test stand over those of the catalog', async ({ database }) => {
    await fill(database, 'strict', 3, { values: { email: "concat('a', i, '@example.org')", low: 'i', high: '0' } });
    expect(await database.query('SELECT email FROM strict ORDER BY id')).toEqual(
      [1, 2, 3].map((i) => ({ email: `a${i}@example.org` })),
    );
  });

  test.for([
    ['shop', { nmae: '1' }, "The table shop has no column nmae; it has id, Na'me, region."],
    ['shops', {}, "There is no table shops in the test's database to fill."],
    ['item', {}, "item (shop_id) refers to shop, which has no rows: fill(database, 'shop', …) first."],
    ['odd', {}, "No value is known for odd.place of type point. Give values: { place: 'an SQL expression of i' }"],
    ['strict', {}, 'strict could not be filled: CONSTRAINT `strict_order` failed'],
  ] as const)('what cannot be filled is told: %s', async ([table, values, message], { database }) => {
    await expect(fill(database, table, 3, { values })).rejects.toThrow(message);
  });
});
