import { type ChildProcess, spawn } from 'node:child_process';
import { LogTail } from '../log-tail.ts';

/**
 * Runs a server until standard input ends, which it does when the daemon ends, however it ends; then takes the server
 * and its directory away. It leads a process group of its own, so that the signals reach what the server started, too.
 * It ignores SIGPIPE, for the shell tells of a server that a signal ended, and where the daemon was killed nobody reads
 * that. No file, for the server's user might not be able to read it. Arguments: the directory, the signal that ends the
 * server quickly, and the server's command.
 */
const KILL_WITH_PARENT = `
directory=$1 signal=$2
shift 2
umask 077
mkdir -p "$directory" || exit
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
trap '' TERM PIPE
{
  read -r _ <&3
  kill -s "$signal" "$server"
  kill -s TERM 0
  sleep 5
  kill -s KILL "$server"
} >/dev/null 2>&1 &
guard=$!
exec 3<&-
wait "$server"
status=$?
kill -s KILL "$guard"
kill -s TERM 0
tries=0
while rm -rf "$directory"; [ -e "$directory" ] && [ "$tries" -lt 50 ]; do
  tries=$((tries + 1))
  sleep 0.1
done 2>/dev/null
exit "$status"
`;

/** A server whose process ends with this one. */
export interface ChildServer {
  readonly command: readonly [string, ...string[]];
  /** The server's private directory, made here if it is not there, and removed with the server. */
  readonly directory: string;
  /** Ends the server quickly; its data need not survive. */
  readonly signal: 'QUIT' | 'TERM';
  readonly environment: NodeJS.ProcessEnv;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

/** Starts a server that cannot outlive this process. */
export function spawnKilledWithParent(server: ChildServer): {
  child: ChildProcess;
  log: LogTail;
  stop(): Promise<void>;
} {
  const { command, directory, signal, environment, user } = server;
  const child = spawn('/bin/sh', ['-c', KILL_WITH_PARENT, 'kill-with-parent', directory, signal, ...command], {
    cwd: '/',
    detached: true,
    // The shell itself needs rm and sleep.
    env: { ...environment, PATH: `${environment.PATH ?? ''}:/usr/bin:/bin` },
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
