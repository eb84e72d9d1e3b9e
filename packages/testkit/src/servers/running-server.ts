import type { Runtime, Server } from './server.ts';
import type { ServerKind } from './server-kind.ts';
import type { Workspace } from './workspace.ts';

/** A server that the daemon started and will stop. */
export interface RunningServer {
  readonly server: Server;
  /** Milliseconds from the request to readiness. */
  readonly startedIn: number;
  /** Whether it is certain that the server has ended. */
  isGone(): boolean;
  /** Resolves with what is wrong, as a sentence, or with undefined when the server is well. Takes 2 s at most. */
  state(): Promise<string | undefined>;
  /** Makes the next start quicker; called when nobody uses the server. */
  prepareNext?(): Promise<void>;
  /** Stops the server and removes what it had. */
  stop(): Promise<void>;
}

/** The arguments to start a server. */
export interface StartRequest {
  readonly kind: ServerKind;
  readonly runtime: Runtime;
  readonly workspace: Workspace;
  /** Names the daemon among all that ever were. */
  readonly daemon: string;
  /** Unguessable, of letters, digits, `-` and `_`. */
  readonly password: string;
  /** Tells that a step takes long; messages with the same key are about the same step. */
  readonly progress: (text: string, key: string) => void;
  /** Called with the engine's address before the first container is made. */
  readonly onEngine: (endpoint: string) => void;
}
