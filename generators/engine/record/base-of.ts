import type { RunRecord } from './run-record.ts';

/** Every file of a folder exactly as the runs generated it, by path. Later runs win. */
export function baseOf(runs: readonly RunRecord[]): ReadonlyMap<string, Buffer> {
  const base = new Map<string, Buffer>();
  for (const { files } of runs) {
    for (const [path, { fate, content }] of files) {
      if (fate === 'removed') {
        base.delete(path);
      } else {
        base.set(path, content);
      }
    }
  }
  return base;
}

/** The files that a run made, without those that it only edited. */
export function madeBy({ files }: Pick<RunRecord, 'files'>): ReadonlyMap<string, Buffer> {
  return new Map([...files].flatMap(([path, { fate, content }]) => (fate === 'made' ? [[path, content]] : [])));
}

/** The files that a run edited or removed. */
export function editedBy({ files }: Pick<RunRecord, 'files'>): readonly string[] {
  return [...files].flatMap(([path, { fate }]) => (fate === 'made' ? [] : [path]));
}
