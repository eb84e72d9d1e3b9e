import type { Contents } from './watch-files.ts';

/**
 * Says which of the migrations that were applied have changed or gone since, which only a new database can follow.
 * @param applied as they were applied, by path
 * @returns nothing if all are as they were
 */
export function describeAppliedChanges(
  applied: Contents,
  now: Contents,
  nameOf: (file: string) => string,
): string | undefined {
  const files = [...applied.keys()].sort();
  const changed = files.filter((file) => now.has(file) && now.get(file) !== applied.get(file)).map(nameOf);
  const deleted = files.filter((file) => !now.has(file)).map(nameOf);
  const told = [
    ...(changed.length > 0 ? [`${changed.join(', ')} changed`] : []),
    ...(deleted.length > 0 ? [`${deleted.join(', ')} ${deleted.length === 1 ? 'was' : 'were'} deleted`] : []),
  ];
  if (told.length === 0) {
    return undefined;
  }
  return `${told.join(' and ')} after ${changed.length + deleted.length === 1 ? 'it was' : 'they were'} applied`;
}
