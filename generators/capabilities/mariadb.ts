import { database } from './database.ts';

export const mariadb = database({
  name: 'mariadb',
  title: 'MariaDB',
  protocols: ['mysql', 'mariadb'],
  quote: '`',
  dialect: 'MysqlDialect',
  brokenConnection: "Object.assign(new Error('Connection lost'), { code: 'PROTOCOL_CONNECTION_LOST' })",
  libraries: ['kysely', 'mysql2'],
  types: [],
});
