import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asLastRun } from '../../../generators/engine/last-run/as-last-run.ts';
import { writeFiles } from '../../../generators/engine/write/write.ts';
import { planUndo } from '../../../generators/undo/plan.ts';

/** Writes a run that makes a package of this name and enters it in a list; the name `undo` takes the last run back. */
export async function act(root: string, name: string): Promise<void> {
  if (name === 'undo') {
    const plan = planUndo(root);
    await asLastRun(root, name, plan, () => writeFiles(root, plan.planned));
    return;
  }
  const before = readFileSync(join(root, 'list.txt'));
  const planned = [
    { path: `packages/${name}/a.txt`, fate: 'create' as const, before: undefined, after: Buffer.from('a\n') },
    { path: 'list.txt', fate: 'edit' as const, before, after: Buffer.concat([before, Buffer.from(`${name}\n`)]) },
  ];
  await asLastRun(root, name, { folder: `packages/${name}`, planned }, () => writeFiles(root, planned));
}
