import { pluralOf, spell } from '../engine/answers/names.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { formatFiles } from '../engine/make/format.ts';
import { renderLayers } from '../engine/make/render.ts';
import { readTemplate } from '../engine/make/template.ts';
import { npm } from '../engine/package-manager/npm.ts';
import { diskOf } from '../engine/plan/disk.ts';
import { planNewFiles } from '../engine/plan/plan.ts';
import type { Planned } from '../engine/plan/planned.ts';
import type { Workspace } from '../engine/workspace.ts';
import { nextMigration } from '../entity/next-migration.ts';

/**
 * Plans the migration that drops the tables of an entity.
 * @param entity in the singular.
 * @param tables in the order in which they can go.
 * @throws {Failure} (conflict) when there are none.
 */
export function planDropTable(
  folder: string,
  entity: string,
  tables: readonly string[],
  { root, packageManager = npm }: Workspace,
  scratch: string,
): readonly Planned[] {
  if (tables.length === 0) {
    throw new Failure(
      EXIT.conflict,
      `${folder} has no generated table of ${entity} to drop`,
      'Leave out --drop-table.',
    );
  }
  const migrations = diskOf(root)
    .names(`${folder}/migrations`)
    .filter((name) => /\.[cm]?[jt]s$/.test(name));
  const number = nextMigration(`${folder}/migrations`, migrations);
  const model = { number, entities: spell(pluralOf(entity)), tables, tablesText: tables.join(' and ') };
  const files = readTemplate(root, 'templates/remove/drop-table', packageManager);
  const rendered = renderLayers([{ files, model }]);
  return planNewFiles(folder, formatFiles(root, folder, rendered, scratch));
}
