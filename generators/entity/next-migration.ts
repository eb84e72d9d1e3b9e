import { EXIT, Failure } from '../engine/failure.ts';

/**
 * The number of the next migration, as its name begins.
 * @param names of the files in the folder.
 * @throws {Failure} (conflict) when the migration would not be the last, in whose order migrations are run.
 */
export function nextMigration(folder: string, names: readonly string[]): string {
  const numbers = names.map((name) => /^\d+/.exec(name)?.[0] ?? '').filter((digits) => digits !== '');
  const width = Math.max(4, ...numbers.map(({ length }) => length));
  const highest =
    numbers
      .map(BigInt)
      .toSorted((left, right) => (left < right ? -1 : 1))
      .at(-1) ?? 0n;
  const next = String(highest + 1n).padStart(width, '0');
  // The order of Kysely's Migrator.
  const later = names.find((name) => name.localeCompare(`${next}-`) > 0);
  if (later !== undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder}/${later} would be run after the new migration ${next}: migrations are run in the order of their names`,
      'Begin the names of all migrations with numbers of the same length.',
    );
  }
  return next;
}
