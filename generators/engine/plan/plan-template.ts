import { readFileSync } from 'node:fs';
import type { Plan, TemplateGenerator } from '../generator.ts';
import { formatFiles } from '../make/format.ts';
import { makeFiles } from '../make/make.ts';
import type { Workspace } from '../workspace.ts';
import { withLineEndsOf } from '../write/line-ends.ts';
import { locate } from './confine.ts';
import { diskOf } from './disk.ts';
import { planFiles } from './plan.ts';
import { planAddition } from './plan-addition.ts';
import type { Planned } from './planned.ts';

/**
 * Plans what a template says: a folder of the workspace, or what is added to one.
 * @param scratch the workspace's private folder, locked by the caller.
 * @throws {Failure} when the files cannot be made, or conflict with what is there.
 */
export async function planTemplate(
  generator: TemplateGenerator,
  answers: Readonly<Record<string, unknown>>,
  workspace: Workspace,
  scratch: string,
): Promise<Plan> {
  const { root } = workspace;
  const made = await makeFiles(generator, answers, workspace, scratch);
  const { model } = made;
  const planned =
    model.adds === undefined
      ? planFiles(made, diskOf(root))
      : planAddition(made, model.adds, diskOf(root), (folder, changed) => formatFiles(root, folder, changed, scratch));
  const { folder, notes = [] } = model;
  return { folder, planned: planned.map((each) => withItsLineEnds(root, each)), installIn: root, notes };
}

/** An edit was planned with LF; the file keeps the line ends that it has on the disk. */
function withItsLineEnds(root: string, planned: Planned): Planned {
  const { path, fate, after } = planned;
  if (fate !== 'edit' || after === undefined) {
    return planned;
  }
  const before = readFileSync(locate(root, path));
  return { ...planned, before, after: withLineEndsOf(before, after) };
}
