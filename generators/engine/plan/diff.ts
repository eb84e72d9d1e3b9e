import { formatPatch, structuredPatch } from 'diff';
import { isChange, type Planned } from './planned.ts';

/** The planned changes as a unified diff that `git apply` takes. Empty when nothing changes. */
export function diffOf(planned: readonly Planned[]): string {
  return planned.filter(isChange).map(patchOf).join('');
}

function patchOf({ path, from, before, after, fate, mode = 0o644 }: Planned): string {
  const old = before === undefined ? '/dev/null' : `a/${from ?? path}`;
  const now = fate === 'remove' ? '/dev/null' : `b/${path}`;
  if (from === undefined && [before, after].some((each) => each?.includes(0))) {
    return `diff --git a/${path} b/${path}\nBinary files ${old} and ${now} differ\n`;
  }
  const patch = structuredPatch(old, now, text(before), text(after), undefined, undefined, { context: 3 });
  const created = before === undefined ? { isCreate: true, newMode: (mode & 0o100) === 0 ? '100644' : '100755' } : {};
  const moved = from === undefined ? {} : { isRename: true };
  const removed = fate === 'remove' ? { isDelete: true, oldMode: '100644' } : {};
  return formatPatch({ ...patch, isGit: true, ...created, ...moved, ...removed });
}

function text(content: Buffer | undefined): string {
  return content?.toString('utf8') ?? '';
}
