import type { Answers } from '../engine/answers/options.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { planFollowing } from '../engine/follow/plan-following.ts';
import type { Desk, Plan } from '../engine/generator.ts';
import { loadGenerators } from '../engine/load-generators.ts';
import { diskOf } from '../engine/plan/disk.ts';
import type { Planned } from '../engine/plan/planned.ts';
import { readRecord } from '../engine/record/read-record.ts';
import type { Workspace } from '../engine/workspace.ts';
import { planDropTable } from './drop-table.ts';
import type { options } from './options.ts';
import { planPackageRemoval } from './remove-package.ts';
import { tablesOf } from './tables-of.ts';
import { type Part, withoutPart } from './without-part.ts';

/**
 * Plans a removal: of a package, or of a part of it. What generators made for a part goes by the same merge that an update
 * is; what its owner wrote stays.
 * @throws {Failure} with nothing written.
 */
export async function planRemoval(answers: Answers<typeof options>, workspace: Workspace, desk: Desk): Promise<Plan> {
  const { root, projects } = workspace;
  const folder = projects.get(answers.package) ?? answers.package;
  const part = partOf(answers);
  if (answers.dropTable && part?.kind !== 'entity') {
    throw new Failure(EXIT.usage, '--drop-table: is for an entity', 'Name it by --entity.');
  }
  if (part === undefined) {
    return planPackageRemoval(answers.package, folder, answers.forceDirty, workspace);
  }
  const runs = readRecord(folder, diskOf(root));
  const { prove, forceDirty } = answers;
  const generators = await loadGenerators(root);
  const replayed = withoutPart(folder, runs, part);
  const tables = part.kind === 'entity' ? tablesOf(runs, part.name) : [];
  const dropped = answers.dropTable ? planDropTable(folder, part.name, tables, workspace, desk.scratch) : [];
  const plan = await planFollowing(
    [{ folder, runs, replayed }],
    {
      prove,
      forceDirty,
      unchanged: `${folder} has no ${part.name}`,
      also: (planned) => {
        const gone = goneMigration(folder, planned);
        if (answers.dropTable && gone !== undefined) {
          throw new Failure(
            EXIT.conflict,
            `${gone} was never committed and goes, so that there is no table of ${part.name} to drop`,
            'Leave out --drop-table.',
          );
        }
        return [...planned, ...dropped];
      },
    },
    { workspace, generators },
    desk,
  );
  const stays = tables.length > 0 && !answers.dropTable && goneMigration(folder, plan.planned) === undefined;
  return {
    ...plan,
    notes: [
      ...(plan.notes ?? []),
      ...(stays ? ['The table stays in databases that have it: --drop-table writes a migration that drops it.'] : []),
    ],
  };
}

function goneMigration(folder: string, planned: readonly Planned[]): string | undefined {
  return planned.find(({ path, fate }) => fate === 'remove' && path.startsWith(`${folder}/migrations/`))?.path;
}

function partOf({ entity, stub, fixture }: Answers<typeof options>): Part | undefined {
  const parts: readonly Part[] = [
    { kind: 'entity', name: entity },
    { kind: 'stub', name: stub },
    { kind: 'fixture', name: fixture },
  ];
  return parts.find(({ name }) => name !== '');
}
