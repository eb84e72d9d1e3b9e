import { database } from './database.ts';

export const postgres = database({
  name: 'postgres',
  title: 'PostgreSQL',
  protocols: ['postgres', 'postgresql'],
  quote: '"',
  dialect: 'PostgresDialect',
  brokenConnection: "new Error('Connection terminated unexpectedly')",
  libraries: ['kysely', 'pg'],
  types: ['@types/pg'],
});
