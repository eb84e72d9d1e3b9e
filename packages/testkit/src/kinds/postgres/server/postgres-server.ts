import type { ServerKind } from '../../../servers/server-kind.ts';
import { settingArguments } from './postgres-settings.ts';

/** Where a container keeps its databases: in memory, in a directory that is not a volume of the image. */
const DATA = '/var/lib/postgresql/testkit';

/** In mebibytes: what the databases, their write-ahead log and temporary files of all workers may take. */
const DATA_SIZE = 2048;

/** The contents of a prepared image: databases that only need to be started, and their superuser's password. */
const PREPARED = '/tmp/splitlevel';

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

export const server: ServerKind<'postgres'> = {
  name: 'postgres',
  module: import.meta.filename,
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
    const { startPostgres } = await import('./embedded-postgres.ts');
    return startPostgres(start);
  },
  embeddedProblem: async () => {
    const { findBinaries } = await import('./embedded-postgres.ts');
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
    const { inspectPostgres } = await import('./given-postgres.ts');
    return inspectPostgres(url, variable);
  },
  openRun: async (url) => {
    const { openRun } = await import('./given-server-run.ts');
    return openRun(url);
  },
};
