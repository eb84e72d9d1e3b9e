import type { Answers } from '../engine/answers/options.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { planFollowing } from '../engine/follow/plan-following.ts';
import type { Desk, Plan } from '../engine/generator.ts';
import { loadGenerators } from '../engine/load-generators.ts';
import { diskOf } from '../engine/plan/disk.ts';
import { readRecord } from '../engine/record/read-record.ts';
import { isInRecord } from '../engine/record/run-record.ts';
import type { Workspace } from '../engine/workspace.ts';
import { mentioningFiles } from './mentioning-files.ts';
import type { options } from './options.ts';
import { refuseLinks } from './refuse-links.ts';
import { noteLeftovers, removeLeftovers } from './remove-leftovers.ts';
import { renamer } from './renamer.ts';

/**
 * Plans a package's new name: what was generated is made anew with it, and merged with its owner's edits; what the owner
 * wrote, in the package and elsewhere, names it anew.
 * @throws {Failure} with nothing written.
 */
export async function planRename(
  { package: name, to, prove, forceDirty }: Answers<typeof options>,
  workspace: Workspace,
  desk: Desk,
): Promise<Plan> {
  const { root, scope, projects } = workspace;
  const folder = projects.get(name) ?? name;
  const disk = diskOf(root);
  const runs = readRecord(folder, disk);
  const newFolder = `${folder.slice(0, folder.lastIndexOf('/') + 1)}${to}`;
  if (disk.exists(newFolder)) {
    throw new Failure(EXIT.conflict, `${newFolder} is there already`, 'Choose another name, or move it away.');
  }
  refuseLinks(root, folder);
  const [first, ...additions] = runs;
  const answers = { ...first.answers, name: to, description: describe(first.answers, name, to) };
  const replayed = [{ ...first, answers }, ...additions];
  const rewrite = renamer({
    names: [`${scope}/${name}`, `${scope}/${to}`],
    folders: [folder, newFolder],
    projects: [name, to],
  });
  const generators = await loadGenerators(root);
  const plan = await planFollowing(
    [{ folder, runs, replayed }],
    {
      prove,
      forceDirty,
      unchanged: `${folder} has this name`,
      also: (planned) => [
        ...planned.map((each) => (each.path.startsWith(`${newFolder}/`) ? rewritten(each, rewrite) : each)),
        ...mentioningFiles(root, folder, rewrite),
      ],
    },
    { workspace, generators },
    desk,
  );
  return {
    ...plan,
    notes: [...(plan.notes ?? []), ...noteLeftovers(root, folder, plan.planned)],
    afterWrite: async () => {
      await plan.afterWrite?.();
      removeLeftovers(root, folder);
    },
  };
}

/** A description that was the default one becomes the new name's. */
function describe({ description }: Readonly<Record<string, unknown>>, name: string, to: string): unknown {
  return typeof description === 'string' &&
    /^The \S+ \w+\.$/.test(description) &&
    description.startsWith(`The ${name} `)
    ? description.replace(name, to)
    : description;
}

function rewritten<T extends { readonly path: string; readonly after: Buffer | undefined }>(
  planned: T,
  rewrite: (path: string, text: string) => string,
): T {
  const { path, after } = planned;
  if (after === undefined || isInRecord(path) || after.includes(0)) {
    return planned;
  }
  const text = after.toString('utf8');
  const changed = rewrite(path, text);
  return changed === text ? planned : { ...planned, after: Buffer.from(changed) };
}
