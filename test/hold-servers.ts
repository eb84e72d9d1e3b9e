// Holds the servers of a workspace for runs of its tests one after another, which then start none of their own.
import { acquire } from '@splitlevel/testkit/servers';

/** Longer than all of them take, in milliseconds. */
const bound = 3_600_000;

await Promise.all([acquire('postgres'), acquire('wiremock')]);
console.log('ready');
setTimeout(() => process.exit(1), bound);
