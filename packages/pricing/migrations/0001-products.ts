import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('products')
    .addColumn('id', 'uuid', (column) => column.primaryKey().defaultTo(sql`uuidv7()`))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('price', 'numeric(12, 2)', (column) => column.notNull())
    .addColumn('discount_percent', 'numeric(5, 2)', (column) => column.notNull())
    .addColumn('attributes', 'jsonb', (column) => column.notNull().defaultTo(sql`'{}'`))
    .addUniqueConstraint('products_name_unique', ['name'])
    .addCheckConstraint('products_price_check', sql`price >= 0`)
    .addCheckConstraint('products_discount_check', sql`discount_percent between 0 and 100`)
    .execute();
  await database.schema.createIndex('products_by_discount').on('products').column('discount_percent').execute();
}

export async function down(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropTable('products').execute();
}
