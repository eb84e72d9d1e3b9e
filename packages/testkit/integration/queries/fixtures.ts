import { createTest } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

export const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(`
      CREATE TABLE shop (id int PRIMARY KEY, name text NOT NULL);
      CREATE TABLE item (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, shop_id int NOT NULL REFERENCES shop, name text NOT NULL);
      CREATE FUNCTION rename(number int) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN UPDATE shop SET name = 'renamed' WHERE id = number; END $$;`),
    seed: runSql("INSERT INTO shop VALUES (1, 'one'), (2, 'two')"),
  }),
});
