import { seedOf, whole } from './sample.ts';

// Prints the share of a suite's files that this commit runs, as Vitest's --shard takes it: one of as many as the
// argument says, drawn by the commit's hash; all of them with SPLITLEVEL_WHOLE=1.
const shards = Number(process.argv[2]);
const shard = whole ? '1/1' : `${1 + (seedOf('shard') % shards)}/${shards}`;
console.error(`shard ${shard} of the files, drawn by the commit; SPLITLEVEL_WHOLE=1 runs all`);
console.log(shard);
