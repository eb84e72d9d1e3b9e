// Takes a lease, writes into it, prints it, and lives until it is killed.
import { takeLease } from '../../src/kinds/redis/lease.ts';
import { openServerSession } from '../../src/kinds/redis/server-session.ts';

const session = await openServerSession();
const lease = await takeLease(session);
await session.connection.send(
  'EVAL',
  "redis.call('SELECT', ARGV[1]) redis.call('SET', 'key', 'old')",
  0,
  lease.database,
);
console.log(JSON.stringify(lease));
setInterval(() => {}, 60_000);
