import { createTest } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

/** Products with changes, whose key to them has no index. */
export const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(`
      CREATE TABLE products (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, price numeric(12,2) NOT NULL,
        attributes jsonb NOT NULL DEFAULT '{}', state text DEFAULT 'new');
      CREATE INDEX products_open ON products (price) WHERE state IS NOT NULL;
      CREATE TABLE changes (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, product_id int NOT NULL REFERENCES products,
        at timestamptz NOT NULL DEFAULT now(), note text);
      CREATE INDEX changes_by_time ON changes (at);`),
  }),
});
