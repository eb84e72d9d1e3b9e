import type { ServerKind } from '../../servers/server-kind.ts';

/** Enough for the workers of many packages at a time. An empty one takes a kilobyte. */
const DATABASES = 512;

/**
 * The image's own entry point starts the server, so that it has what the image gives it. The configuration comes by standard
 * input: what is among the arguments of a process is seen by everybody on the machine.
 */
const START = `
exec docker-entrypoint.sh redis-server - "$@" <<END
requirepass $REDIS_PASSWORD
END
`;

export const server: ServerKind<'redis'> = {
  name: 'redis',
  module: import.meta.filename,
  title: 'Redis',
  container: (password) => ({
    port: 6379,
    entrypoint: ['sh', '-ec', START, 'redis'],
    // Nothing survives the server. A test that writes without end is refused, where it would take the machine's memory.
    command: [
      '--databases',
      String(DATABASES),
      '--save',
      '',
      '--appendonly',
      'no',
      '--maxmemory',
      '512mb',
      '--maxmemory-policy',
      'noeviction',
    ],
    environment: { REDIS_PASSWORD: password },
  }),
  ready: { log: /Ready to accept connections/ },
  url: (host, port, password) => `redis://default:${password}@${host}:${port}`,
  version: async (log) => /Redis version=(\d+(?:\.\d+)*)/.exec(log)?.[1] ?? 'of an unknown version',
  inspect: async (url, variable) => {
    const { inspectRedis } = await import('./given-redis.ts');
    return inspectRedis(url, variable);
  },
};
