import type { ServerKind } from '../../../servers/server-kind.ts';

/** Where a container keeps its databases: in memory, in a directory that is not a volume of the image. */
const DATA = '/var/lib/mysql-testkit';

/** In mebibytes: what the databases and the logs of all workers may take. */
const DATA_SIZE = 1024;

/**
 * Nothing survives the server, so nothing is written durably; everything that a query can see is as in production.
 * Source: https://mariadb.com/docs/server/server-usage/storage-engines/innodb/innodb-system-variables.
 */
const settings: Readonly<Record<string, string>> = {
  'innodb-flush-log-at-trx-commit': '0',
  'innodb-doublewrite': '0',
  'innodb-log-file-size': '64M',
  'max-connections': '300',
};

/**
 * The image's own entry point starts the server twice, the first time for scripts that nobody has here. This does the
 * part of it that is needed, without a name server; the arguments are the server's. The init file has one statement a
 * line, and is done before the server takes connections:
 * https://mariadb.com/docs/server/server-management/variables-and-modes/server-system-variables#init_file
 */
const START = `
umask 077
mariadb-install-db --datadir=${DATA}/data --auth-root-authentication-method=socket --skip-test-db --force "$@" >/dev/null
cat >${DATA}/init.sql <<END
CREATE OR REPLACE USER root@'%' IDENTIFIED BY '$MARIADB_ROOT_PASSWORD';
GRANT ALL PRIVILEGES ON *.* TO root@'%' WITH GRANT OPTION;
END
exec mariadbd --datadir=${DATA}/data --socket=${DATA}/socket --pid-file=${DATA}/pid --init-file=${DATA}/init.sql --bind-address=0.0.0.0 "$@"
`;

export const server: ServerKind<'mariadb'> = {
  name: 'mariadb',
  module: import.meta.filename,
  title: 'MariaDB',
  container: (password) => ({
    port: 3306,
    user: 'mysql',
    entrypoint: ['sh', '-ec', START, 'mariadb'],
    command: ['--skip-name-resolve', '--skip-log-bin', ...settingArguments()],
    environment: { MARIADB_ROOT_PASSWORD: password },
    tmpfs: { [DATA]: `rw,mode=1777,size=${DATA_SIZE}m` },
  }),
  ready: { log: /ready for connections/ },
  url: (host, port, password) => `mysql://root:${password}@${host}:${port}`,
  version: async (log) => /Starting MariaDB (\d+(?:\.\d+)*)/.exec(log)?.[1] ?? 'of an unknown version',
  inspect: async (url, variable) => {
    const { inspectMariadb } = await import('./given-mariadb.ts');
    return inspectMariadb(url, variable);
  },
};

function settingArguments(): string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}
