import type { Runtime, Server, ServerKind } from './server.ts';
import type { Workspace } from './workspace.ts';

/** A server that the keeper started and will stop. */
export interface RunningServer {
  readonly server: Server;
  /** Milliseconds from the request to readiness. */
  readonly startedIn: number;
  /** Resolves with what is wrong, as a sentence, or with undefined when the server is well. Bounded. */
  state(): Promise<string | undefined>;
  /** Stops the server and removes what it had. Bounded. */
  stop(): Promise<void>;
}

/** What it takes to start a server. */
export interface StartRequest {
  readonly kind: ServerKind;
  readonly runtime: Runtime;
  readonly workspace: Workspace;
  readonly password: string;
  /** Tells people what takes long. */
  readonly progress: (text: string, key: string) => void;
}
