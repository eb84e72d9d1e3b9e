import type { Entry } from './entry.ts';
import type { Step } from './step.ts';

const WIDTH = 58;

/** A statement on one line, with its parameters and what it answered. */
export function describeStep({ sql, parameters, answer }: Pick<Step, 'sql' | 'parameters' | 'answer'>): string {
  const values = parameters.length === 0 ? '' : ` [${parameters.map((value) => value ?? 'null').join(', ')}]`;
  return `${oneLine(sql)}${values}${answer === '' ? '' : ` → ${oneLine(answer)}`}`;
}

/** Statements in the order in which they were sent, a column for each piece; the marked one shows the anomaly. */
export function timeline(names: readonly string[], entries: readonly Entry[], marked?: Entry): string {
  const lines = entries.map((entry) => {
    const rows = wrap(describeStep(entry.step));
    const mark = entry === marked ? '> ' : '  ';
    return rows.map(
      (row, index) =>
        (index === 0 ? mark : '  ') + columns(names.map((_, piece) => (piece === entry.piece ? row : ''))),
    );
  });
  return [`  ${columns(names)}`, `  ${columns(names.map(() => '-'.repeat(WIDTH)))}`, ...lines.flat()].join('\n');
}

function columns(cells: readonly string[]): string {
  return cells
    .map((cell) => cell.padEnd(WIDTH))
    .join(' | ')
    .trimEnd();
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

/** Cuts a line at spaces, so that it fits into its column. */
function wrap(text: string): string[] {
  const rows = [''];
  for (const word of text.split(' ')) {
    const row = rows.at(-1) as string;
    if (row !== '' && row.length + 1 + word.length > WIDTH) {
      rows.push(`  ${word}`);
    } else {
      rows[rows.length - 1] = row === '' ? word : `${row} ${word}`;
    }
  }
  return rows.map((row) => (row.length > WIDTH ? `${row.slice(0, WIDTH - 1)}…` : row));
}
