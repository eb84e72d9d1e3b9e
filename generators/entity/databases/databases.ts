import type { Database } from './database.ts';
import { mariadb } from './mariadb.ts';
import { postgres } from './postgres.ts';

/** The databases that entities can be added to. */
export const databases: readonly Database[] = [postgres, mariadb];
