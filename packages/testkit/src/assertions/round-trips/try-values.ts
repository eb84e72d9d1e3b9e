import { now } from '@splitlevel/guards/originals';
import fc from 'fast-check';
import type { Connection } from '../../kinds/postgres/connection.ts';
import { admit } from './ask-server.ts';
import { candidatesFor, type Row } from './candidates.ts';
import type { Columns } from './column.ts';

/** A value with which a round trip failed. */
export class Failed extends Error {
  readonly row: Row;
  /** The value that the code returned; undefined when it threw. */
  readonly came: unknown;
  readonly problem: { readonly error: unknown } | undefined;

  constructor(row: Row, came: unknown, problem?: { error: unknown }) {
    super('failed');
    this.row = row;
    this.came = came;
    this.problem = problem;
  }
}

export interface Trial {
  readonly seed: number;
  /** As many random values after the edge values. */
  readonly runs: number;
  readonly given: readonly Row[];
  readonly where: (row: Row) => boolean;
  /** Writes and reads one row. @throws {Failed} */
  readonly attempt: (row: Row) => Promise<void>;
}

export interface Verdict {
  readonly tried: number;
  /** How many of them failed, on the way to the smallest. */
  readonly failures: number;
  readonly smallest: Failed | undefined;
}

/** Milliseconds after the first failure in which smaller values are looked for. */
const SHRINKING_MS = 3_000;
/** Random values that the column refuses, for one that it takes; beyond, its edge values are enough. */
const SKIPS = 20;

/** Tries the edge values of columns, then random ones, and looks for the smallest that fails. */
export async function tryValues(inspector: Connection, columns: Columns, trial: Trial): Promise<Verdict> {
  const { edges, random } = await candidatesFor(inspector, columns, trial.given);
  const wanted = edges.filter(trial.where);
  let tried = 0;
  let failures = 0;
  let deadline = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(random, async (row) => {
    if (now() > deadline) {
      return;
    }
    fc.pre(trial.where(row));
    fc.pre((await admit(inspector, columns, row)) !== undefined);
    tried += 1;
    try {
      await trial.attempt(row);
    } catch (error) {
      failures += 1;
      deadline = Math.min(deadline, now() + SHRINKING_MS);
      throw error;
    }
  });
  const details = await fc.check(property, {
    seed: trial.seed,
    numRuns: wanted.length + trial.runs,
    maxSkipsPerRun: SKIPS,
    examples: wanted.map((row): [Row] => [row]),
    // A column may be unique, so that no value can be written twice.
    ignoreEqualValues: true,
  });
  const error = details.failed ? details.errorInstance : undefined;
  if (error != null && !(error instanceof Failed)) {
    throw error;
  }
  return { tried, failures, smallest: error ?? undefined };
}
