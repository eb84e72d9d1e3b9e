import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('product_discount_changes')
    .addColumn('id', 'uuid', (column) => column.primaryKey().defaultTo(sql`uuidv7()`))
    .addColumn('number', 'bigint', (column) => column.notNull().generatedAlwaysAsIdentity())
    .addColumn('product_id', 'uuid', (column) => column.notNull().references('products.id').onDelete('cascade'))
    .addColumn('from_percent', 'numeric(5, 2)', (column) => column.notNull())
    .addColumn('to_percent', 'numeric(5, 2)', (column) => column.notNull())
    .addColumn('changed_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`clock_timestamp()`))
    .execute();
  // The number first, in which the changes are listed; the time behind it lets the index answer `since` too.
  await database.schema
    .createIndex('product_changes_latest')
    .on('product_discount_changes')
    .columns(['product_id', 'number', 'changed_at'])
    .execute();
}

export async function down(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropTable('product_discount_changes').execute();
}
