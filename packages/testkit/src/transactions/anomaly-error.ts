import type { Anomaly, AnomalyName, SerialOutcome } from './classify.ts';
import type { Outcome } from './outcome.ts';
import type { Entry } from './piece.ts';
import { timeline } from './timeline.ts';

const RETRY = 'run the whole transaction again, a few times, when the server answers 40001 or 40P01';

const remedies: Readonly<Record<AnomalyName, string>> = {
  'lost update':
    'read the row with SELECT … FOR UPDATE, or change it by one statement (UPDATE … SET n = n + 1), or use isolation ' +
    `serializable and ${RETRY}`,
  'write skew': `lock what the decision depends on (SELECT … FOR UPDATE), or let a constraint decide, or use isolation serializable and ${RETRY}`,
  'non-repeatable read':
    'read all that belongs together in one statement, or in a transaction of isolation repeatable read',
  'dirty read': 'let nothing out of a transaction (into a cache, a message, an answer) before its COMMIT has succeeded',
  deadlock: `${RETRY}; and lock rows in the same order everywhere, so that it is seldom needed`,
  'serialization failure': RETRY,
  'unexpected failure':
    'handle the error that the other piece provokes, such as a unique violation, as the code handles it when it runs alone',
};

const titles: Readonly<Record<AnomalyName, string>> = {
  'lost update': 'Lost update',
  'write skew': 'Write skew',
  'non-repeatable read': 'Non-repeatable read',
  'dirty read': 'Dirty read',
  deadlock: 'Deadlock, not retried',
  'serialization failure': 'Serialization failure, not retried',
  'unexpected failure': 'Unexpected failure',
};

/** Pieces of code that came, side by side, to what no serial order of them comes to. */
export class AnomalyError extends Error {
  override readonly name = 'AnomalyError';
  readonly anomaly: AnomalyName;

  constructor(
    anomaly: Anomaly,
    isolation: string,
    names: readonly string[],
    entries: readonly Entry[],
    outcome: Outcome,
    serial: readonly SerialOutcome[],
  ) {
    const full = serial.filter(({ order }) => order.length === names.length);
    super(
      [
        `${titles[anomaly.name]} (isolation ${isolation}): ${anomaly.what}.`,
        `\n${timeline(names, entries, anomaly.entry)}\n`,
        `This came to:\n${describe(names, outcome)}`,
        ...full.map((known) => `${listOf(names, known.order)} comes to:\n${describe(names, known.outcome)}`),
        `What to try: ${remedies[anomaly.name]}.`,
      ].join('\n'),
    );
    this.anomaly = anomaly.name;
  }
}

function listOf(names: readonly string[], order: readonly number[]): string {
  return order.map((piece) => names[piece]).join(', then ');
}

function describe(names: readonly string[], { rows, results }: Outcome): string {
  const returned = names.flatMap((name, piece) => (results[piece] ? [`  ${name}: ${results[piece].text}`] : []));
  return [`  state: ${rows.join(' ') || 'no rows'}`, ...returned].join('\n');
}
