import { pluralOf, spell } from '../engine/answers/names.ts';
import type { RunRecord } from '../engine/record/run-record.ts';

/**
 * The tables that the generated migrations of an entity create, the last one first: it may refer to those before it.
 * @param entity in the singular.
 */
export function tablesOf(runs: readonly Pick<RunRecord, 'files'>[], entity: string): readonly string[] {
  const [one, many] = [spell(entity).kebab, spell(pluralOf(entity)).kebab];
  const own = new RegExp(`^migrations/\\d+-(${RegExp.escape(many)}\\.|${RegExp.escape(one)}-discount-changes\\.)`);
  const migrations = runs.flatMap(({ files }) => [...files].filter(([path]) => own.test(path)));
  const created = migrations.flatMap(([, { content }]) =>
    [...content.toString('utf8').matchAll(/\.createTable\('([^']+)'\)/g)].flatMap(([, table]) => table ?? []),
  );
  return [...new Set(created)].toReversed();
}
