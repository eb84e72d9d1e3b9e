import { type Kysely, sql } from 'kysely';

/** Ids are the same when their characters are: in other collations those that differ in case, or in spaces at the end, are too. */
const exact = sql`character set utf8mb4 collate utf8mb4_nopad_bin`;

export async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('outbox')
    .ifNotExists()
    .addColumn('number', 'bigint', (column) => column.primaryKey().autoIncrement())
    .addColumn('id', 'varchar(36)', (column) => column.notNull())
    .addColumn('type', 'varchar(200)', (column) => column.notNull())
    // A TEXT ends at 64 KiB.
    .addColumn('body', sql`longtext`, (column) => column.notNull())
    .modifyEnd(exact)
    .execute();
  // Its one row is locked by the instance that publishes.
  await database.schema
    .createTable('outbox_turn')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .execute();
  await sql`insert ignore into outbox_turn (id) values (1)`.execute(database);
  await database.schema
    .createTable('processed_messages')
    .ifNotExists()
    .addColumn('id', 'varchar(200)', (column) => column.primaryKey())
    .addColumn('processed_at', 'datetime(6)', (column) => column.notNull().defaultTo(sql`utc_timestamp(6)`))
    .modifyEnd(exact)
    .execute();
}

export async function down(database: Kysely<unknown>): Promise<void> {
  await database.schema.dropTable('processed_messages').execute();
  await database.schema.dropTable('outbox_turn').execute();
  await database.schema.dropTable('outbox').execute();
}
