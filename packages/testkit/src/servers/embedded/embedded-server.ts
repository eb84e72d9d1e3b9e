import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { LogTail } from '../log-tail.ts';

/** A server that runs as processes of this machine. */
export interface EmbeddedServer {
  readonly host: string;
  readonly port: number;
  readonly version?: string;
  readonly log: LogTail;
  readonly process: ChildProcess;
  /** Resolves when the server's processes are gone, and its directory with them. */
  stop(): Promise<void>;
}

/**
 * Runs a server until standard input ends, which it does when the keeper ends, however it ends; then takes the server
 * and its directory away. It leads a process group of its own, so that the signals reach what the server started, too.
 * Arguments: the directory, the signal that ends the server quickly, and the server's command.
 */
const LEASH = `
directory=$1 signal=$2
shift 2
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
trap '' TERM
{
  cat <&3
  kill -0 "$$" || exit
  kill -s "$signal" "$server"
  kill -s TERM 0
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    kill -0 "$$" || exit
    sleep 0.1
  done
  rm -rf "$directory"
  kill -s KILL 0
} >/dev/null 2>&1 &
exec 3<&-
wait "$server"
status=$?
rm -rf "$directory"
exit "$status"
`;

/** What `spawnOnLeash` starts. */
export interface Leashed {
  readonly command: readonly [string, ...string[]];
  /** The server's private directory, removed with it. */
  readonly directory: string;
  readonly signal: 'QUIT' | 'TERM';
  readonly environment: NodeJS.ProcessEnv;
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** Starts a server that cannot outlive this process. */
export function spawnOnLeash(leashed: Leashed): { child: ChildProcess; log: LogTail; stop(): Promise<void> } {
  const { command, directory, signal, environment, user } = leashed;
  const child = spawn('/bin/sh', ['-c', LEASH, 'leash', directory, signal, ...command], {
    cwd: '/',
    detached: true,
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...user,
  });
  const log = new LogTail(child.stdout, child.stderr);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => {
      child.stdin.destroy();
      resolve();
    });
  });
  child.stdin.on('error', () => undefined);
  return {
    child,
    log,
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}

/** A port of the loopback interface that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The operating system gave no port.');
  return address.port;
}
