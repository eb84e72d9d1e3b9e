import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { originals } from '@splitlevel/guards/originals';
import { filesBelow } from './files-below.ts';
import { loadedFiles } from './loaded-files.ts';
import { type Reads, recordReads } from './record-reads.ts';
import { listSources, type SourceList } from './source-list.ts';

export interface Recording {
  /** The files that declare what is recorded; what they import, and what that imports, belongs to it. */
  readonly declaredIn: readonly string[];
  /** The package's folder. */
  readonly package: string;
  /** Whether a path need not be listed: it is hashed anyway, or is not a source. */
  isKnown(path: string): boolean;
}

/**
 * Does work, such as migrations, and lists what it came from: the modules behind its declaration, whatever package they
 * are of, and the files and directories that were read meanwhile. Reads by a process that the work started are not
 * seen: for that stand the files of the package and of the process's directory.
 */
export async function recordSources<T>(
  recording: Recording,
  work: () => Promise<T>,
): Promise<{ result: T; sources: SourceList }> {
  const since = originals.Date.now();
  const { result, reads } = await recordReads(work);
  const isNew = (path: string) => !recording.isKnown(path) && !VITESTS.test(path);
  const files = [...loadedFiles(recording.declaredIn), ...reads.files].filter(isNew);
  const manifests = files.flatMap((file) => manifestOf(file) ?? []);
  const sources = listSources([...files, ...manifests, ...[...reads.directories].filter(isNew)], since);
  // What changed meanwhile is what the process wrote.
  const behind = listSources((await behindProcesses(reads, recording.package)).filter(isNew), Number.POSITIVE_INFINITY);
  return { result, sources: { ...behind, ...sources } };
}

/** Vitest hands transformed modules to its workers in files that live as long as the run. */
const VITESTS = new RegExp(`^${RegExp.escape(tmpdir())}/[\\w-]{21}/[^/]+/[0-9a-f]{40}$`);

/** The nearest package.json, which says what a package's name leads to. */
function manifestOf(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      return manifest;
    }
  }
  return undefined;
}

const isNoSource = (name: string) => name.startsWith('.') || name === 'stubs' || name.endsWith('.test.ts');

async function behindProcesses({ processes, written }: Reads, packageDirectory: string): Promise<string[]> {
  if (processes.length === 0) {
    return [];
  }
  const isAbove = (directory: string) => `${packageDirectory}${sep}`.startsWith(`${directory}${sep}`);
  const directories = processes.map(({ directory }) => directory).filter((directory) => !isAbove(directory));
  const named = processes.flatMap(({ paths }) => paths.filter((path) => existsSync(path) && !isAbove(path)));
  const roots = new Set([packageDirectory, ...directories, ...named]);
  const below = await Promise.all([...roots].map((root) => filesBelow(root, isNoSource).catch(() => [])));
  return [...named, ...below.flat()].filter((path) => !written.has(path));
}
