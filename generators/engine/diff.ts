import { formatPatch, structuredPatch } from 'diff';
import type { Planned } from './plan.ts';

/** The planned changes as a unified diff that `git apply` takes. Empty when nothing changes. */
export function diffOf(planned: readonly Planned[]): string {
  return planned
    .filter(({ fate }) => fate === 'create' || fate === 'edit')
    .map(({ path, before, after }) => patchOf(path, before, after))
    .join('');
}

function patchOf(path: string, before: Buffer | undefined, after: Buffer | undefined): string {
  const old = before === undefined ? '/dev/null' : `a/${path}`;
  if ([before, after].some((each) => each?.includes(0))) {
    return `diff --git a/${path} b/${path}\nBinary files ${old} and b/${path} differ\n`;
  }
  const patch = structuredPatch(old, `b/${path}`, text(before), text(after), undefined, undefined, { context: 3 });
  const created = before === undefined ? { isCreate: true, newMode: '100644' } : {};
  return formatPatch({ ...patch, isGit: true, ...created });
}

function text(content: Buffer | undefined): string {
  return content?.toString('utf8') ?? '';
}
