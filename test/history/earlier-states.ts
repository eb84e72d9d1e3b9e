import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EarlierState } from './earlier-state.ts';
import { decodeStates } from './stored-states.ts';

export type { EarlierFile, EarlierPackage, EarlierRun, EarlierState } from './earlier-state.ts';

/** The states, compressed; `add-state.ts` writes it. */
export const STATES_FILE = join(import.meta.dirname, 'earlier-states.json.br');

let states: readonly EarlierState[] | undefined;

/**
 * Earlier states of this repository's templates, as the packages that were generated from them, oldest first. They are
 * what an update has to cope with. The record of a package is not among its files. Read once a process.
 */
export function earlierStates(): readonly EarlierState[] {
  states ??= decodeStates(readFileSync(STATES_FILE));
  return states;
}
