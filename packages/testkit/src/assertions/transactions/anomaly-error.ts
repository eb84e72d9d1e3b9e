import { type Anomaly, type AnomalyName, anomalies, type SerialOutcome } from './anomaly.ts';
import type { Entry } from './entry.ts';
import { describeIsolation } from './isolation.ts';
import type { Outcome } from './outcome.ts';
import { timeline } from './timeline.ts';

/** Pieces of code that came, side by side, to what no serial order of them comes to. */
export class AnomalyError extends Error {
  override readonly name = 'AnomalyError';
  readonly anomaly: AnomalyName;

  constructor(
    anomaly: Anomaly,
    names: readonly string[],
    entries: readonly Entry[],
    outcome: Outcome,
    serial: readonly SerialOutcome[],
  ) {
    const { title, remedy } = anomalies[anomaly.name];
    const full = serial.filter(({ order }) => order.length === names.length);
    super(
      [
        `${title} (${describeIsolation(names, entries)}): ${anomaly.what}.`,
        `\n${timeline(names, entries, anomaly.entry)}\n`,
        `This came to:\n${describe(names, outcome)}`,
        ...full.map((known) => `${listOf(names, known.order)} comes to:\n${describe(names, known.outcome)}`),
        `What to try: ${remedy}.`,
      ].join('\n'),
    );
    this.anomaly = anomaly.name;
  }
}

export function listOf(names: readonly string[], order: readonly number[]): string {
  return order.map((piece) => names[piece]).join(', then ');
}

/** State and results, as the message shows them. */
export function describe(names: readonly string[], { rows, results }: Outcome): string {
  const returned = names.flatMap((name, piece) => (results[piece] ? [`  ${name}: ${results[piece].text}`] : []));
  return [`  state: ${rows.join(' ') || 'no rows'}`, ...returned].join('\n');
}
