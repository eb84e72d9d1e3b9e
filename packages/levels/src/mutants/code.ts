import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Mutant } from './mutant.ts';

/** A file that mutants are made of. */
export interface SourceFile {
  /** Relative to the package, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A place that the instrumented code tells when it is reached, by the number that it tells. */
export interface Switch {
  readonly id: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Those whose operators may bind less than what they replace. */
const OF_OPERATORS: ReadonlySet<string> = new Set([
  'ArithmeticOperator',
  'ConditionalExpression',
  'EqualityOperator',
  'LogicalOperator',
]);

/** What Stryker makes of production code. */
export interface Instrumented {
  readonly mutants: readonly Mutant[];
  readonly switches: readonly Switch[];
  /** The code that counts what is reached, by the path; it does what the original does. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Stryker's mutator of strings. Most of them are messages, or names without which nothing works. */
const OF_TEXT = 'StringLiteral';

const quiet = { isTraceEnabled: () => false, isDebugEnabled: () => false } as const;
const nothing = () => undefined;
const logger = {
  ...quiet,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};

/** The mutants of TypeScript that Stryker's mutators make, and the code that tells which of their places is reached. */
export async function instrument(files: readonly SourceFile[]): Promise<Instrumented> {
  const instrumenter = new Instrumenter(logger);
  const { files: outputs, mutants } = await instrumenter.instrument(
    files.map(({ path, text }) => ({ name: path, content: text, mutate: true })),
    { excludedMutations: [], plugins: null, ignorers: [], noHeader: false },
  );
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const placed = mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ id, fileName, location, mutatorName, replacement }) => {
      const text = texts.get(fileName) ?? '';
      const place = { path: fileName, start: offsetOf(text, location.start), end: offsetOf(text, location.end) };
      return { id, mutatorName, replacement, ...place };
    });
  return {
    switches: placed.map(({ id, path, start, end }) => ({ id, path, start, end })),
    mutants: placed.map(({ path, start, end, mutatorName, replacement }) => ({
      kind: mutatorName === OF_TEXT ? 'text' : 'code',
      what: spaced(mutatorName),
      path,
      start,
      end,
      replacement: OF_OPERATORS.has(mutatorName) ? `(${replacement})` : replacement,
      cost: mutatorName === OF_TEXT ? 1 : 3,
    })),
    texts: new Map(outputs.map(({ name, content }) => [name, content])),
  };
}

/** Stryker counts lines and columns from 0. */
function offsetOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  let start = 0;
  for (let count = 0; count < line; count++) {
    start = text.indexOf('\n', start) + 1;
  }
  return start + column;
}

/** `ConditionalExpression` → `conditional expression`. */
function spaced(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
