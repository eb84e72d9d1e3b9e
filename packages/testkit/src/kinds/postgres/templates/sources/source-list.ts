import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';

/** The sources of a database that its hash leaves out: files and directories with their state, by path. */
export type SourceList = Readonly<Record<string, Source>>;

/** Its state as the disk stamps it, and its content, hashed. */
export type Source = readonly [stamp: string, content: string];

const ABSENT = 'absent';
/** A content that nothing has. */
const CHANGING = 'changing';

/**
 * Reads the state of files and directories, of symlinks that of their targets.
 * @param since what changed after this time, in milliseconds, cannot be told: it may have been read before or after.
 */
export function listSources(paths: Iterable<string>, since: number): SourceList {
  const sources: Record<string, Source> = {};
  for (const path of [...new Set(paths)].sort()) {
    const [stamp, changed] = stampOf(path);
    sources[path] = [stamp, changed > since ? CHANGING : contentOf(path)];
  }
  return sources;
}

/** Whether all is as it was listed. Contents are read only where the disk's stamp differs. */
export function isCurrent(sources: SourceList): boolean {
  return Object.entries(sources).every(([path, [stamp, content]]) => {
    if (content === CHANGING) {
      return false;
    }
    return stamp === stampOf(path)[0] || content === contentOf(path);
  });
}

/** The stamp, and when it was set, in milliseconds. */
function stampOf(path: string): [stamp: string, changed: number] {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) {
    return [ABSENT, 0];
  }
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  return [
    [dev, ino, size, mtimeNs, ctimeNs].map((number) => number.toString(36)).join(' '),
    Number(ctimeNs / 1_000_000n),
  ];
}

function contentOf(path: string): string {
  try {
    const bytes = statSync(path).isDirectory() ? readdirSync(path).sort().join('\n') : readFileSync(path);
    return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  } catch {
    return ABSENT;
  }
}
