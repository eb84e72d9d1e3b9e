export { createTest, type FixtureFor, type FixturesFor } from './create-test.ts';
export type { Isolation } from './fixture-kind.ts';
export type { Database } from './postgres/database.ts';
