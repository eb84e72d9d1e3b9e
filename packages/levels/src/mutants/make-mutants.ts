import { createHash } from 'node:crypto';
import { boundMutants } from './bounds.ts';
import { type Instrumented, instrument, type SourceFile } from './code.ts';
import { migrationMutants } from './migrations.ts';
import type { Mutant } from './mutant.ts';
import { queryMutants } from './queries.ts';
import { stubMutants } from './stubs.ts';

/** The files that mutants are made of. */
export interface Sources {
  readonly code: readonly SourceFile[];
  readonly migrations: readonly SourceFile[];
  readonly stubs: readonly SourceFile[];
}

/** All mutants of a package, in the order in which they are tried, and the code that tells what is reached. */
export async function makeMutants({ code, migrations, stubs }: Sources): Promise<Instrumented> {
  const instrumented = await instrument(code);
  const mutants = [
    ...instrumented.mutants,
    ...code.flatMap(queryMutants),
    ...code.flatMap(boundMutants),
    ...migrations.flatMap(migrationMutants),
    ...stubs.flatMap(stubMutants),
  ];
  return { ...instrumented, mutants: shuffled(mutants) };
}

/**
 * In an order that follows from what they are, so that the first of them are a fair sample, and the same each time. Texts
 * come last: they are many, and cost little.
 */
function shuffled(mutants: readonly Mutant[]): readonly Mutant[] {
  const isText = ({ mutant }: { readonly mutant: Mutant }) => Number(mutant.kind === 'text');
  const keyOf = ({ path, start, end, replacement }: Mutant) => `${path}\0${start}\0${end}\0${replacement}`;
  const unique = new Map(mutants.map((mutant) => [keyOf(mutant), mutant]));
  return [...unique]
    .map(([key, mutant]) => ({ mutant, rank: createHash('sha256').update(key).digest('hex') }))
    .toSorted((left, right) => isText(left) - isText(right) || (left.rank < right.rank ? -1 : 1))
    .map(({ mutant }) => mutant);
}
