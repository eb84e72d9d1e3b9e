import { ownerPassword, urlFor } from '../shared/database-names.ts';
import { type Connection, identifier } from './connection.ts';
import { keptName } from './seeded-rows.ts';

/** A database with this at the start of its comment is kept when its process is gone. */
export const EVIDENCE = 'evidence of the testkit';

/**
 * Makes an empty database and a user of the same name, who has all rights on it and none beside it.
 * @returns the user's URL.
 */
export async function createDatabase(connection: Connection, serverUrl: string, name: string): Promise<string> {
  const password = ownerPassword(serverUrl, name);
  // In a grant, an underscore of a database's name stands for any character.
  const pattern = name.replaceAll('_', '\\_');
  await connection.batch([
    `CREATE DATABASE ${identifier(name)}`,
    `CREATE OR REPLACE USER ${user(name)} IDENTIFIED BY '${password}'`,
    `GRANT ALL PRIVILEGES ON ${identifier(pattern)}.* TO ${user(name)}`,
  ]);
  return urlFor(serverUrl, name, { name, password });
}

/** Drops a database, its user, and the rows that were kept of it. Others drop at the same time: what is gone is well. */
export async function dropDatabase(connection: Connection, name: string): Promise<void> {
  await connection.batch([
    `DROP DATABASE IF EXISTS ${identifier(name)}`,
    `DROP DATABASE IF EXISTS ${identifier(keptName(name))}`,
    `DROP USER IF EXISTS ${user(name)}`,
  ]);
}

function user(name: string): string {
  return `'${name}'@'%'`;
}
