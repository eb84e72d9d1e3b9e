import type { ChildProcess } from 'node:child_process';
import type { LogTail } from '../log-tail.ts';

/** The arguments to start an embedded server. */
export interface StartEmbedded {
  readonly password: string;
  /** Free on the loopback interface, the only one where the server may listen. */
  readonly port: number;
  /** A path for the server's own directory, which is not there yet. */
  readonly directory: string;
  /** The workspace's folder for what can be computed again, if it has one. */
  readonly cache: string | undefined;
}

/** A server that runs as processes of this machine, on the port that was asked for. */
export interface EmbeddedServer {
  readonly log: LogTail;
  readonly process: ChildProcess;
  /** Resolves when the server's processes are gone, and its directory with them. */
  stop(): Promise<void>;
}
