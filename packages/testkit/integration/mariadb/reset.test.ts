import { describe, expect } from 'vitest';
import { createTest, type MariadbDatabase } from '../../src/index.ts';
import { mariadb } from '../../src/needs.ts';
import { describeOnContainers } from '../on-containers.ts';
import { dump, migrate, run, seed } from './every-kind-of-table.ts';

const test = createTest(import.meta.dirname, { database: mariadb({ migrate, seed }) });

const statements = {
  insert: `INSERT INTO empty_one (note) VALUES ('a')`,
  'insert nothing': `INSERT INTO empty_one (note) SELECT 'a' FROM parent WHERE false`,
  'update a seed row': `UPDATE tree SET label = 'changed' WHERE id = 1`,
  'update every column': `UPDATE computed SET price = 5, hidden = 1, document = '[1]', at = NOW(6), stamped = NOW(6), bits = b'1'`,
  'delete seed rows, with a cascade': 'DELETE FROM parent',
  'change a key, with a cascade': 'UPDATE parent SET id = id + 100',
  'a trigger': `INSERT INTO parent (name) VALUES ('Grace')`,
  truncate: 'TRUNCATE TABLE computed',
  upsert: `INSERT INTO parent (id, name) VALUES (1, 'x') ON DUPLICATE KEY UPDATE name = 'upserted'`,
  replace: `REPLACE INTO parts VALUES (1, 'replaced')`,
  'a procedure': `CALL buy('sold')`,
  'a view': `UPDATE short_names SET name = 'by view' WHERE id = 1`,
  'a rolled back transaction': `START TRANSACTION; INSERT INTO empty_one (note) VALUES ('a'); ROLLBACK`,
  'a serializable transaction':
    'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; START TRANSACTION; DELETE FROM child; COMMIT',
  'a temporary table': 'CREATE TEMPORARY TABLE parent (id int); INSERT INTO parent VALUES (1)',
  'another engine': 'DELETE FROM scratch LIMIT 1',
  'the letter case of a value': "UPDATE `odd ``table` SET `odd ``column` = 'A' WHERE `odd ``column` = 'a' LIMIT 1",
  'a row of number zero': 'DELETE FROM zero',
  'the number of the next row': 'ALTER TABLE empty_one AUTO_INCREMENT = 1000',
  'many rows': `INSERT INTO empty_one (note) SELECT 'x' FROM seq_1_to_5000`,
};

/** What leaves all rows and numbers as they are. */
const unseen = ['insert nothing', 'a temporary table'];

let template: string[];
let name: string;

const look = (database: MariadbDatabase) => dump((sql) => database.query(sql));

describeOnContainers('MariaDB', () => {
  test('the database has the rows of the seed', async ({ database }) => {
    template = await look(database);
    name = database.url;
    expect(template).toContain('parent {"id":2,"name":"Łódź 😀"}');
    expect(template).toContain('parent next 50');
  });

  describe.for(Object.entries(statements))('%s', ([what, sql]) => {
    test('happens', async ({ database }) => {
      await run(database.url, sql);
      const after = await look(database);
      if (unseen.includes(what)) {
        expect(after).toEqual(template);
      } else {
        expect(after).not.toEqual(template);
      }
    });

    test('is undone, in the same database', async ({ database }) => {
      expect(await look(database)).toEqual(template);
      expect(database.url).toBe(name);
    });
  });

  describe.for([
    'CREATE TABLE news (id int)',
    'ALTER TABLE parent ADD COLUMN age int',
    'ALTER TABLE parent COMMENT = "changed"',
    'DROP TABLE child',
    'DROP TRIGGER log_parent',
    'CREATE OR REPLACE VIEW short_names AS SELECT id, name FROM parent',
    'CREATE OR REPLACE PROCEDURE buy(IN what text) SELECT 1',
    'CREATE INDEX by_note ON audit (note(10))',
    'CREATE SEQUENCE ticket',
    'ALTER TABLE parent RENAME TO parents',
  ])('%s', (sql) => {
    let before: string;

    test('changes the schema', async ({ database }) => {
      before = database.url;
      await database.pool.query(sql);
    });

    test('is answered by a fresh database', async ({ database }) => {
      expect(database.url).not.toBe(before);
      expect(await look(database)).toEqual(template);
    });
  });

  describe('the pool', () => {
    test('has a session that is changed', async ({ database }) => {
      await database.pool.query("SET time_zone = '+09:00'");
      await database.pool.end();
    });

    test('is a new one in the next test', async ({ database }) => {
      const [rows] = await database.pool.query('SELECT @@time_zone = @@global.time_zone AS same');
      expect(rows).toEqual([{ same: 1 }]);
    });
  });

  test('the user has rights on the database, and none beside it', async ({ database }) => {
    const denied = expect.objectContaining({ message: expect.stringMatching(/denied/) });
    for (const sql of [
      'CREATE DATABASE mine',
      'CREATE USER me',
      'SELECT * FROM mysql.user',
      'SET GLOBAL userstat = 1',
    ]) {
      await expect(database.query(sql)).rejects.toEqual(denied);
    }
    await expect(database.query('GRANT SELECT ON parent TO root')).rejects.toEqual(denied);
  });

  test('a look gives exact values', async ({ database }) => {
    expect(
      await database.query(
        "SELECT 9007199254740993 AS big, 1.10 AS price, TIMESTAMP'2024-01-02 03:04:05.123456' AS at",
      ),
    ).toEqual([{ big: '9007199254740993', price: '1.10', at: '2024-01-02 03:04:05.123456' }]);
  });
});
