import type { Database } from './database.ts';
import { postgres } from './postgres.ts';

/** The databases that entities can be added to. */
export const databases: readonly Database[] = [postgres];
