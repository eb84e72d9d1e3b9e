/** The exit codes of the command; the README documents them. */
export const EXIT = { done: 0, failed: 1, usage: 2, conflict: 3, incomplete: 4 } as const;

type FailureCode = Exclude<(typeof EXIT)[keyof typeof EXIT], 0>;

/** An error that was foreseen: a sentence for the person who ran the command, and what to try. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: FailureCode;
  readonly remedy: string | undefined;

  constructor(exitCode: FailureCode, message: string, remedy?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.exitCode = exitCode;
    this.remedy = remedy;
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
