// Prints the milliseconds from asking the testkit for PostgreSQL to the answer of the first query, in a process of its own.
import pg from 'pg';
import { acquire } from '../packages/testkit/src/servers/acquire.ts';

const start = performance.now();
const { url } = await acquire('postgres');
const client = new pg.Client(url);
await client.connect();
await client.query('SELECT 1');
console.log(performance.now() - start);
await client.end();
