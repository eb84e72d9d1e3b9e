import type { ServerKind } from '../../servers/server-kind.ts';

/** Where a container keeps its streams: in memory. */
const DATA = '/tmp/testkit';

/** In mebibytes: what the streams of all accounts may take, in files and in the server's memory. */
const FILE_SIZE = 512;
const MEMORY_SIZE = 256;

/** The user whose account holds the leases; the accounts of the tests are those of `testkit-1`, `testkit-2`, …. */
const USER = 'testkit';

/** Accounts cannot be added while a server runs, and cost it 20 KB each. Each worker has one, and each test of isolation `clone`. */
const ACCOUNTS = 256;

/** The arguments are the server's. */
const START = `
umask 077
printf '%s\\n' "$NATS_CONFIGURATION" >${DATA}/nats.conf
exec nats-server "$@"
`;

function configuration(password: string): string {
  const users = [USER, ...Array.from({ length: ACCOUNTS }, (_, index) => `${USER}-${index + 1}`)];
  return [
    'listen: "0.0.0.0:4222"',
    `jetstream { store_dir: "${DATA}", max_file_store: ${FILE_SIZE}MB, max_memory_store: ${MEMORY_SIZE}MB }`,
    'accounts {',
    ...users.map((user) => `  "${user}" { jetstream: enabled, users: [{ user: "${user}", password: "${password}" }] }`),
    '}',
  ].join('\n');
}

export const server: ServerKind<'nats'> = {
  name: 'nats',
  module: import.meta.filename,
  title: 'NATS',
  container: (password) => ({
    port: 4222,
    entrypoint: ['sh', '-ec', START, 'nats'],
    command: ['--config', `${DATA}/nats.conf`],
    environment: { NATS_CONFIGURATION: configuration(password) },
    tmpfs: { [DATA]: `rw,mode=1777,size=${FILE_SIZE + 16}m` },
  }),
  ready: { log: /Server is ready/ },
  url: (host, port, password) => `nats://${USER}:${password}@${host}:${port}`,
  version: async (log) => /Version: +v?(\d+(?:\.\d+)*)/.exec(log)?.[1] ?? 'of an unknown version',
  inspect: async (url, variable) => {
    const { inspectNats } = await import('./given-nats.ts');
    return inspectNats(url, variable);
  },
};
