/** The exit codes of the command. Help prints this table and `EXIT_MEANINGS`; docs/command.md is checked against them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  conflict: 3,
  incomplete: 4,
  unresolved: 5,
  hungUp: 129,
  cancelled: 130,
  terminated: 143,
} as const;

/** The meaning of each exit code, in the order of the codes. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done',
  failed: 'failed, nothing written',
  usage: 'wrong usage or invalid answer',
  conflict: 'conflict with something that exists',
  incomplete: 'written, but a step after writing failed, or something is left to do',
  unresolved: 'written, and conflicts are left to resolve',
  hungUp: 'ended by SIGHUP: the terminal was closed',
  cancelled: 'cancelled by Ctrl-C, Ctrl-D or at the summary, nothing written',
  terminated: 'ended by SIGTERM',
};

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

/** Refusals of the machine that may come at any moment, by their codes, and what to try. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space on that disk, then run the command again.',
  EDQUOT: 'Free some of your quota on that disk, then run the command again.',
  EROFS: 'That disk is read-only. Work on one that can be written to; TMPDIR names the temporary folder.',
  EACCES: 'Look at the permissions of that path, and at whose it is.',
  EPERM: 'Look at the permissions of that path, and at whose it is.',
  EFBIG: 'Raise the limit on the size of files (ulimit -f), then run the command again.',
  EIO: 'Look at the health of that disk.',
  EMFILE: 'Raise the limit on open files (ulimit -n), then run the command again.',
  ENFILE: 'Close other programs, or raise the machine’s limit on open files.',
  ENOMEM: 'Close other programs, then run the command again.',
  ETXTBSY: 'Run the command again when that program has ended.',
};

/**
 * An error of the system that no code can prevent, as a failure: a full disk, a missing permission.
 * @returns undefined for any other error, which is a mistake in the code.
 */
export function refusalOfTheSystem(error: unknown): Failure | undefined {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  const remedy = syscall === undefined ? undefined : REFUSALS[code];
  return remedy === undefined
    ? undefined
    : new Failure(EXIT.failed, `Nothing was written, because the system refused: ${messageOf(error)}`, remedy, error);
}
