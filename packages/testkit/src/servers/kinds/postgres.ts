import type { Kind } from './kind.ts';

/** Where a container keeps its databases: in memory, in a directory that is no volume of the image. */
const DATA = '/var/lib/postgresql/testkit';

/** In mebibytes: what the databases, their write-ahead log and temporary files of all workers may take. */
const DATA_SIZE = 1024;

/** What a prepared image has: databases that nothing but their start is missing from, and their superuser's password. */
const PREPARED = '/tmp/splitlevel';

/**
 * Nothing survives the server, so nothing is written durably; everything that a query can see is as in production.
 * Sources: https://www.postgresql.org/docs/18/non-durability.html and runtime-config-wal.html.
 */
const settings: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  max_connections: '300',
  // Deadlocks are the same, and found sooner: a test that provokes them waits for each.
  deadlock_timeout: '50ms',
  shared_preload_libraries: 'pg_stat_statements,auto_explain',
  // Each database of a test has statements of its own.
  'pg_stat_statements.max': '20000',
  'pg_stat_statements.save': 'off',
};

/** The settings as command line arguments of `postgres`, in both runtimes. */
export function settingArguments(): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Makes the databases in $PGDATA. */
const INITIALISE = `
printf '%s' "$POSTGRES_PASSWORD" >"$PGDATA.password"
initdb --username=postgres --pwfile="$PGDATA.password" --auth=scram-sha-256 --encoding=UTF8 --no-sync --no-instructions >/dev/null
echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
`;

/**
 * The image's own entry point starts the server twice, the first time for scripts that nobody has here. This does the
 * part of it that is needed; the arguments are the server's.
 */
const START = `
umask 077
if [ "$(cat ${PREPARED}/data.password 2>/dev/null)" = "$POSTGRES_PASSWORD" ]; then
  cp -a ${PREPARED}/data "$PGDATA"
else
  ${INITIALISE}
fi
exec postgres "$@"
`;

export const postgres: Kind = {
  title: 'PostgreSQL',
  container: (password) => ({
    port: 5432,
    user: 'postgres',
    entrypoint: ['sh', '-ec', START, 'postgres'],
    command: [...settingArguments(), '-c', 'listen_addresses=*'],
    environment: { PGDATA: `${DATA}/data`, POSTGRES_PASSWORD: password },
    tmpfs: { [DATA]: `rw,mode=1777,size=${DATA_SIZE}m` },
  }),
  prepare: {
    user: 'postgres',
    script: `umask 077\nmkdir ${PREPARED}\nexport PGDATA=${PREPARED}/data\n${INITIALISE}`,
  },
  embedded: async (start) => {
    const { startPostgres } = await import('../embedded/postgres.ts');
    return startPostgres(start);
  },
  embeddedProblem: async () => {
    const { findBinaries } = await import('../embedded/postgres.ts');
    try {
      findBinaries();
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  },
  ready: { log: /database system is ready to accept connections/ },
  url: (host, port, password) => `postgres://postgres:${password}@${host}:${port}/postgres`,
  version: async (log) => /starting PostgreSQL (\d+(?:\.\d+)*)/.exec(log)?.[1] ?? 'of an unknown version',
  inspect: async (url, variable) => {
    const { inspectPostgres } = await import('../given/postgres.ts');
    return inspectPostgres(url, variable);
  },
};
