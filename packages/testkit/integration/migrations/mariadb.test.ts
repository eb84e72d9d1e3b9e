import { expect } from 'vitest';
import { createTest, expectMigration } from '../../src/index.ts';
import { mariadb } from '../../src/needs.ts';
import { run } from '../mariadb/every-kind-of-table.ts';
import { describeOnContainers } from '../on-containers.ts';
import { failureOf, harmful, harmless, migrationOf } from './cases.ts';

const first = `
  CREATE TABLE item (id int PRIMARY KEY, name varchar(50) NOT NULL UNIQUE, price decimal(12,2) NOT NULL CHECK (price >= 0));
  CREATE TABLE part (id int AUTO_INCREMENT PRIMARY KEY, item_id int NOT NULL, label varchar(20) NOT NULL, FOREIGN KEY (item_id) REFERENCES item (id));
  CREATE TABLE kysely_migration (name varchar(50) PRIMARY KEY);
  CREATE VIEW names AS SELECT name FROM item`;

const test = createTest(import.meta.dirname, {
  database: mariadb({
    migrate: (url) => run(url, first),
  }),
});

const asMariadb = (sql: string) => sql.replace('{WEIGHT NOT NULL}', 'ALTER TABLE part MODIFY weight int NOT NULL');

describeOnContainers('MariaDB', () => {
  test.override('isolation', 'clone');

  test.for(harmless)('a migration that %s does no harm', async ([, up, down], { database }) => {
    await expect(
      expectMigration(database, migrationOf(run, first, asMariadb(up), asMariadb(down))),
    ).resolves.toBeUndefined();
    expect(await database.query('SELECT count(*) AS count FROM part')).toEqual([{ count: 21 }]);
  });

  test.for(harmful)('a migration that %s is told', async ([, up, down, message], { database }) => {
    expect(await failureOf(database, migrationOf(run, first, asMariadb(up), asMariadb(down)))).toMatch(message);
  });

  test.for([
    [
      'a trigger',
      'CREATE TRIGGER loud BEFORE INSERT ON item FOR EACH ROW SET NEW.name = upper(NEW.name)',
      '+ trigger loud of item',
    ],
    ['a view', 'CREATE VIEW prices AS SELECT price FROM item', '+ prices: '],
    ['a procedure', 'CREATE PROCEDURE two() SELECT 2', '+ procedure two: SELECT 2'],
    [
      'a column without default, which is filled with zeros',
      'ALTER TABLE item ADD weight int NOT NULL',
      '+ item: `weight` int(11) NOT NULL',
    ],
  ] as const)('%s that stays after the way down is told', async ([, up, line], { database }) => {
    expect(await failureOf(database, migrationOf(run, first, up, 'SELECT 1'))).toContain(line);
  });
});
