/** What a mutant is made of. */
export type MutantKind = 'code' | 'query' | 'bound' | 'migration' | 'stub' | 'text';

/** A small bug: one place of a file, and what stands there instead. */
export interface Mutant {
  readonly kind: MutantKind;
  /** What was done, in a few words: `the filter is removed`. */
  readonly what: string;
  /** Relative to the package, with forward slashes. */
  readonly path: string;
  /** Of the text that is replaced, in UTF-16 code units from the start of the file. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** How much such a bug costs where nobody notices it, from 1 (nothing but words) to 5 (data is lost or wrong for good). */
  readonly cost: 1 | 2 | 3 | 4 | 5;
}

/** The text of a file with a mutant in it. */
export function applied(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The line of a place, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
