import { join } from 'node:path';
import { files } from '../inputs/files.ts';
import { matches, Projects, packagePatterns } from '../inputs/projects.ts';

/** Where a repository has its packages. */
export interface PackagePlaces {
  /** Patterns of their folders, such as `packages/*`, or the folders. */
  readonly patterns: readonly string[];
  /** Patterns of folders that are left out, though one of those has them. */
  readonly excluded: readonly string[];
  /** The folders that hold packages: `packages`. */
  readonly parents: readonly string[];
}

const USUAL: PackagePlaces = { patterns: ['packages/*'], excluded: [], parents: ['packages'] };

/** What the workspaces field of the repository says; `packages/*` where it says nothing. */
export function packagePlaces(root: string): PackagePlaces {
  const all = packagePatterns(root);
  const patterns = all.filter((pattern) => !pattern.startsWith('!') && pattern !== '.' && pattern !== '');
  if (patterns.length === 0) {
    return USUAL;
  }
  return {
    // Of a pattern of any depth nobody could say where a package in it begins.
    patterns: patterns.flatMap((pattern) => (pattern.includes('**') ? foldersOf(root, pattern) : pattern)),
    excluded: all.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.replace(/^!+/, '')),
    parents: [...new Set(patterns.flatMap((pattern) => /^([^*?{[(!]+)\/\*/.exec(pattern)?.[1] ?? []))],
  };
}

function foldersOf(root: string, pattern: string): string[] {
  const folders = new Projects(root).all().map(({ folder }) => folder);
  return folders.filter((folder) => folder !== '' && matches(folder, pattern));
}

/**
 * The folder of the package that a path of the workspace is in; undefined if it is in none. The usual place is looked at
 * first, since that needs neither the patterns nor the library that reads them.
 */
export function packageFolderOf(root: string, path: string): string | undefined {
  const [usual] = /^packages\/[^/]+(?=\/)/.exec(path) ?? [];
  if (usual !== undefined && hasManifest(root, usual)) {
    return usual;
  }
  return new Projects(root).ownerOf(path).folder || undefined;
}

/** The folders that may be packages: those that a pattern such as `packages/*` finds, and those that are named. */
export function candidateFolders(root: string, { patterns }: PackagePlaces): readonly string[] {
  return patterns.flatMap((pattern) => {
    const [, parent] = /^([^*?{[(!]+)\/\*$/.exec(pattern) ?? [];
    if (parent !== undefined) {
      return foldersIn(join(root, parent)).map((name) => `${parent}/${name}`);
    }
    return /[*?{[(]/.test(pattern) ? [] : [pattern];
  });
}

/** Those of these folders that are no packages, since they have no package.json. */
export function strayFolders(root: string, folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => !hasManifest(root, folder));
}

function hasManifest(root: string, folder: string): boolean {
  return files.existsSync(join(root, folder, 'package.json'));
}

function foldersIn(path: string): string[] {
  if (!files.existsSync(path)) {
    return [];
  }
  const entries = files.readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
