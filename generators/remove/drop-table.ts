import { pluralOf, spell } from '../engine/answers/names.ts';
import { parseTypeScript } from '../engine/edit/syntax.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { formatFiles } from '../engine/make/format.ts';
import { renderLayers } from '../engine/make/render.ts';
import { readTemplate } from '../engine/make/template.ts';
import { npm } from '../engine/package-manager/npm.ts';
import { diskOf } from '../engine/plan/disk.ts';
import { planNewFiles } from '../engine/plan/plan.ts';
import type { Planned } from '../engine/plan/planned.ts';
import type { Workspace } from '../engine/workspace.ts';
import { databases } from '../entity/databases/databases.ts';
import { databaseIn } from '../entity/find-database.ts';
import { nextMigration } from '../entity/next-migration.ts';

/**
 * Plans the migration that drops the table of an entity.
 * @param entity in the singular.
 * @throws {Failure} (conflict) when the service has no database that is known here.
 */
export async function planDropTable(
  folder: string,
  entity: string,
  { root, packageManager = npm }: Workspace,
  scratch: string,
): Promise<readonly Planned[]> {
  const disk = diskOf(root);
  const source = disk.read(`${folder}/src/database.ts`)?.toString('utf8');
  const database = source === undefined ? undefined : databaseIn(parseTypeScript(`${folder}/src/database.ts`, source));
  if (database === undefined) {
    const dialects = databases.map(({ dialect }) => dialect).join(' or ');
    throw new Failure(
      EXIT.conflict,
      `${folder}/src/database.ts has no ${dialects}, and no table to drop`,
      'Leave out --drop-table.',
    );
  }
  const number = nextMigration(`${folder}/migrations`, disk.names(`${folder}/migrations`));
  const files = readTemplate(root, 'templates/remove/drop-table', packageManager);
  const rendered = renderLayers([{ files, model: { number, entities: spell(pluralOf(entity)) } }]);
  return planNewFiles(folder, formatFiles(root, folder, rendered, scratch));
}
