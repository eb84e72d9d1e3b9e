import type { Ask } from '../answers/answers.ts';
import type { Decision } from '../answers/questions.ts';
import type { Progress } from './progress.ts';

/** The ways of a run to ask and to tell. */
export interface Conversation {
  /** Undefined where nobody can be asked. */
  readonly ask: Ask | undefined;
  /** Shows what is going to be written to a person who was asked, and lets it be decided. Default: it is written. */
  readonly decide?: ((summary: string) => Promise<Decision>) | undefined;
  /** Lines of the report. */
  say(lines: string): void;
  /** Tells what takes long. Default: silence. */
  readonly progress?: Progress;
}
