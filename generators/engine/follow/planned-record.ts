import { diskOf } from '../plan/disk.ts';
import type { Planned } from '../plan/planned.ts';
import { within } from '../plan/within.ts';
import { recordPaths } from '../record/read-record.ts';
import type { Following } from './following.ts';

/** The fates of a record's files: those of today take the place of what is there. */
export function plannedRecord(
  root: string,
  { folder, to, record }: Pick<Following, 'folder' | 'to' | 'record'>,
): readonly Planned[] {
  const present = readPresent(root, folder);
  const written = [...record].map(([path, after]): Planned => {
    const before = folder === to ? present.get(path) : undefined;
    const fate = before === undefined ? 'create' : before.equals(after) ? 'unchanged' : 'edit';
    return { path: within(to, path), fate, before, after };
  });
  const gone = [...present].filter(([path]) => folder !== to || !record.has(path));
  return [
    ...written,
    ...gone.map(
      ([path, before]): Planned => ({ path: within(folder, path), fate: 'remove', before, after: undefined }),
    ),
  ];
}

function readPresent(root: string, folder: string): ReadonlyMap<string, Buffer> {
  const disk = diskOf(root);
  return new Map(
    recordPaths(folder, disk).flatMap((path) => {
      const content = disk.read(within(folder, path));
      return content === undefined ? [] : [[path, content] as const];
    }),
  );
}
