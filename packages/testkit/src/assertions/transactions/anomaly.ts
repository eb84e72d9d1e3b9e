import type { Entry } from './entry.ts';
import type { Outcome } from './outcome.ts';

/**
 * As the literature has them: Berenson et al., "A Critique of ANSI SQL Isolation Levels" (1995); Adya, "Weak
 * Consistency" (1999); their cases for databases at https://github.com/ept/hermitage.
 */
export type AnomalyName =
  | 'lost update'
  | 'write skew'
  | 'phantom write skew'
  | 'read skew'
  | 'non-repeatable read'
  | 'phantom'
  | 'anti-dependency cycle'
  | 'shared state'
  | 'not serializable'
  | 'deadlock'
  | 'serialization failure'
  | 'unexpected failure';

export interface Anomaly {
  readonly name: AnomalyName;
  /** A sentence that tells the anomaly. */
  readonly what: string;
  /** The statement that shows it. */
  readonly entry: Entry | undefined;
}

/** Runs of the pieces with nothing beside them: some of them, or all, one after the other. */
export interface SerialOutcome {
  readonly order: readonly number[];
  readonly outcome: Outcome;
  readonly entries: readonly Entry[];
}

const RETRY = 'run the whole transaction again, a few times, when the server answers 40001 or 40P01';
const SERIALIZABLE = `use isolation serializable and ${RETRY}`;

/** The title of each, its sign in the literature, and a remedy. */
export const anomalies: Readonly<Record<AnomalyName, { readonly title: string; readonly remedy: string }>> = {
  'lost update': {
    title: 'Lost update, P4',
    remedy:
      'read the row with SELECT … FOR UPDATE, or change it by one statement (UPDATE … SET n = n + 1), or ' +
      SERIALIZABLE,
  },
  'write skew': {
    title: 'Write skew, G2-item',
    remedy: `lock what the decision depends on (SELECT … FOR UPDATE), or let a constraint decide, or ${SERIALIZABLE}`,
  },
  'phantom write skew': {
    title: 'Write skew by phantoms, G2',
    remedy: `let a constraint decide, or lock a row that stands for all of them (their parent), or ${SERIALIZABLE}`,
  },
  'read skew': {
    title: 'Read skew, G-single',
    remedy: 'read all that belongs together in one statement, or in a transaction of isolation repeatable read',
  },
  'non-repeatable read': {
    title: 'Non-repeatable read, P2',
    remedy: 'read it once, or in a transaction of isolation repeatable read, or lock what is read (FOR SHARE)',
  },
  phantom: {
    title: 'Phantom, PMP',
    remedy: `use a transaction of isolation repeatable read and ${RETRY}; or lock what decides who belongs to them`,
  },
  'anti-dependency cycle': {
    title: 'Anti-dependency cycle, G2',
    remedy: SERIALIZABLE,
  },
  'shared state': {
    title: 'State that is shared outside of the database',
    remedy:
      'keep in the database what pieces share, and let nothing out of a transaction before its COMMIT has succeeded',
  },
  'not serializable': {
    title: 'Not serializable',
    remedy: `look for what the pieces read before they write, and ${SERIALIZABLE}`,
  },
  deadlock: {
    title: 'Deadlock, not retried',
    remedy: `${RETRY}; and lock rows in the same order everywhere, so that it is seldom needed`,
  },
  'serialization failure': { title: 'Serialization failure, not retried', remedy: RETRY },
  'unexpected failure': {
    title: 'Unexpected failure',
    remedy:
      'handle the error that the other piece provokes, such as a unique violation, as the code handles it when it runs alone',
  },
};
