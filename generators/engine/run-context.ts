import type { Invocation } from './command/command-line.ts';
import type { Conversation } from './command/conversation.ts';
import type { Generator } from './generator.ts';
import type { Workspace } from './workspace.ts';
import type { RunLock } from './write/run-lock.ts';

/** The parts of a run that stay the same from its beginning to its end. */
export interface RunContext {
  readonly generator: Generator;
  readonly invocation: Invocation;
  readonly workspace: Workspace;
  readonly conversation: Conversation;
  readonly lock: RunLock;
}
