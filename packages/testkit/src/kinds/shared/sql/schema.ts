export interface SchemaTable {
  /** As statements name it. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Of its primary key; none where it has none. */
  readonly key: readonly string[];
  /** The tables that its foreign keys lead to. */
  readonly parents: readonly string[];
}

/** The schema of a test's database, without what a migration tool keeps for itself. */
export interface Schema {
  readonly tables: readonly SchemaTable[];
  /** Each part of it as SQL, in a line. */
  readonly lines: readonly string[];
}

/** Of Kysely, Knex, Prisma, Drizzle, TypeORM, MikroORM, Umzug, Sequelize, Flyway, Liquibase, node-pg-migrate, golang-migrate. */
export const KEPT_BY_TOOLS =
  /^(?:kysely_migration(?:_lock)?|knex_migrations(?:_lock)?|_prisma_migrations|__drizzle_migrations|mikro_orm_migrations|(?:schema_|pg)?migrations|SequelizeMeta|flyway_schema_history|databasechangelog(?:lock)?)$/i;
