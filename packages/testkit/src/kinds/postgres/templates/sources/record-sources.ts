import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, sep } from 'node:path';
import { originals } from '@splitlevel/guards/originals';
import { nearestManifest } from '../../../../evidence/nearest-manifest.ts';
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
 * seen: for that stand the files of the package and of the process's directory. Neither are reads by a module while it was
 * loaded: for that stand the files of its package, unless it is an npm package.
 */
export async function recordSources<T>(
  recording: Recording,
  work: () => Promise<T>,
): Promise<{ result: T; sources: SourceList }> {
  const since = originals.Date.now();
  const { result, reads } = await recordReads(work);
  const isNew = (path: string) => !recording.isKnown(path) && !VITESTS.test(path);
  const modules = loadedFiles(recording.declaredIn);
  const besideModules = await filesBelowAll(foldersOf(modules, recording.package));
  const files = [...modules, ...besideModules.filter((path) => !reads.written.has(path)), ...reads.files].filter(isNew);
  // They say what a package's name leads to.
  const manifests = foldersWith(files).flatMap((folder) => nearestManifest(folder) ?? []);
  const sources = listSources([...files, ...manifests, ...[...reads.directories].filter(isNew)], since);
  // What changed meanwhile is what the process wrote.
  const behind = listSources((await behindProcesses(reads, recording.package)).filter(isNew), Number.POSITIVE_INFINITY);
  return { result, sources: { ...behind, ...sources } };
}

/** Vitest hands transformed modules to its workers in files that live as long as the run. */
const VITESTS = new RegExp(`^${RegExp.escape(tmpdir())}/[\\w-]{21}/[^/]+/[0-9a-f]{40}$`);

const isNoSource = (name: string) => name.startsWith('.') || name === 'stubs' || name.endsWith('.test.ts');

/** The folders of the modules' packages. For a module of none, as in the workspace's root, its own folder. */
function foldersOf(modules: readonly string[], packageDirectory: string): string[] {
  const own = modules.filter((file) => !file.includes(`${sep}node_modules${sep}`));
  return foldersWith(own).flatMap((folder) => {
    const manifest = nearestManifest(folder);
    const folders = [...(manifest === undefined ? [] : [dirname(manifest)]), folder];
    return folders.find((each) => each === packageDirectory || !isAbove(each, packageDirectory)) ?? [];
  });
}

/** The folders that files are in, each once: there may be a thousand files. */
function foldersWith(files: readonly string[]): readonly string[] {
  return [...new Set(files.map((file) => dirname(file)))];
}

async function behindProcesses({ processes, written }: Reads, packageDirectory: string): Promise<string[]> {
  if (processes.length === 0) {
    return [];
  }
  const isOutside = (path: string) => !isAbove(path, packageDirectory);
  const directories = processes.map(({ directory }) => directory).filter(isOutside);
  const named = processes.flatMap(({ paths }) => paths.filter((path) => existsSync(path) && isOutside(path)));
  const below = await filesBelowAll([packageDirectory, ...directories, ...named]);
  return [...named, ...below].filter((path) => !written.has(path));
}

/** Whether a folder contains another one, or is the same. */
function isAbove(folder: string, other: string): boolean {
  return `${other}${sep}`.startsWith(`${folder}${sep}`);
}

async function filesBelowAll(folders: readonly string[]): Promise<string[]> {
  const below = await Promise.all([...new Set(folders)].map((root) => filesBelow(root, isNoSource).catch(() => [])));
  return below.flat();
}
