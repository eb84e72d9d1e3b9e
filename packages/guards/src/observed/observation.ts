import fs from 'node:fs';
import type { Activity } from './activity.ts';

/** Something that a guard refused, or would have: a line of JSON in the file that `TESTKIT_OBSERVATIONS` names. */
export interface Observation {
  /** The test file's path. */
  readonly file: string;
  /** Undefined for the module scope and hooks. */
  readonly test: string | undefined;
  readonly activity: Activity | 'mock';
  /** As 'connect to 127.0.0.1:5432' or 'mock the module ./clock.ts (vi.mock)'. */
  readonly tried: string;
  /** As 'packages/x/src/y.ts:12:5'. */
  readonly frame: string | undefined;
}

/** A line that says that the guard of a suite is at work in a test file: without it nothing is known of the file. */
export interface SignOfLife {
  readonly alive: 'unit' | 'integration';
  /** The test file's path. */
  readonly file: string;
}

interface Observer {
  lets: boolean;
  readonly write: (line: string) => unknown;
}

// On globalThis, as the refusal log is; opened before a guard and the tests come.
const KEY = Symbol.for('splitlevel.observer');
const holder = globalThis as { [KEY]?: Observer };
holder[KEY] ??= { lets: false, write: writerTo(process.env.TESTKIT_OBSERVATIONS) };
const observer: Observer = holder[KEY];

function writerTo(file: string | undefined): Observer['write'] {
  if (file === undefined) {
    return () => {};
  }
  const { writeSync } = fs;
  const descriptor = fs.openSync(file, 'a');
  return (line) => writeSync(descriptor, line);
}

/** From now on the guards of this worker refuse nothing. */
export function observeOnly(): void {
  observer.lets = true;
}

export function observesOnly(): boolean {
  return observer.lets;
}

/** Notes an observation where somebody asked for it. */
export function observe(observation: Observation | SignOfLife): void {
  observer.write(`${JSON.stringify(observation)}\n`);
}
