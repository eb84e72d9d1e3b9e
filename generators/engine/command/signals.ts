import { EXIT } from '../failure.ts';

const EXIT_CODES = { SIGHUP: EXIT.hungUp, SIGINT: EXIT.cancelled, SIGTERM: EXIT.terminated } as const;

let onSignal = (code: number): void => process.exit(code);

/** From now on a signal ends the process by `process.exit`, so that what is to be cleaned up at the exit is. */
export function exitOnSignals(): void {
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => onSignal(code));
  }
}

/**
 * While the work lasts a signal calls the handler, and the process goes on to report what came of it.
 * @param handler is given the code with which the process would have ended.
 */
export async function handlingSignals<T>(handler: (code: number) => void, work: Promise<T>): Promise<T> {
  const usual = onSignal;
  onSignal = handler;
  try {
    return await work;
  } finally {
    onSignal = usual;
  }
}
