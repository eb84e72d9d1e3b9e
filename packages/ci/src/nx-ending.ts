/** How a run of Nx ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether it printed nothing. */
  readonly silent: boolean;
}

/** The signals of a process that crashes: nobody sends them to it. */
const CRASHES: ReadonlySet<NodeJS.Signals | null> = new Set(['SIGABRT', 'SIGBUS', 'SIGILL', 'SIGSEGV'] as const);

/**
 * Whether Nx ended by a fault of its own, which its native part has now and then (https://github.com/nrwl/nx/issues/36791).
 * Whatever else fails, it tells of.
 */
export function hasCrashed({ code, signal, silent }: Ending): boolean {
  return signal === null ? code !== 0 && silent : CRASHES.has(signal);
}

/** What became of it: "exited with code 1 and printed nothing". */
export function describeEnding({ code, signal, silent }: Ending): string {
  return `${signal ? `was ended by ${signal}` : `exited with code ${code}`}${silent ? ' and printed nothing' : ''}`;
}
