import { type Kysely, sql } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('outbox')
    .addColumn('number', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('id', 'varchar(36)', (column) => column.notNull())
    .addColumn('type', 'varchar(200)', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  // Its one row is locked by the instance that publishes.
  await database.schema
    .createTable('outbox_turn')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .execute();
  await sql`insert into outbox_turn (id) values (1)`.execute(database);
  await database.schema
    .createTable('processed_messages')
    .addColumn('id', 'varchar(200)', (column) => column.primaryKey())
    .addColumn('processed_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .execute();
}

export async function down(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropTable('processed_messages').execute();
  await database.schema.dropTable('outbox_turn').execute();
  await database.schema.dropTable('outbox').execute();
}
