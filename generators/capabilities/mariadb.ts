import { database } from './database.ts';

export const mariadb = database({
  name: 'mariadb',
  title: 'MariaDB',
  protocols: ['mysql', 'mariadb'],
  quote: '`',
  libraries: ['kysely', 'mysql2'],
  types: [],
});
