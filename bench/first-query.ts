// Prints the milliseconds from asking the testkit for PostgreSQL to the answer of the first query, in a process of its own.

import { acquire } from '@splitlevel/testkit/servers';
import pg from 'pg';

const start = performance.now();
const { url } = await acquire('postgres');
const client = new pg.Client(url);
await client.connect();
await client.query('SELECT 1');
console.log(performance.now() - start);
await client.end();
