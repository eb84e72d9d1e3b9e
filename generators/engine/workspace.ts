import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure, messageOf } from './failure.ts';

/** What generators may know of the workspace: plain data, read once a run. */
export interface Workspace {
  /** Absolute, without symlinks. */
  readonly root: string;
  /** The npm scope of the root's name with its at sign: `@splitlevel`. */
  readonly scope: string;
  /** The root's version, which is the standard's. */
  readonly version: string;
  /** Exact version of each library of the root's devDependencies; the templates' libraries are taken from here. */
  readonly versions: Readonly<Record<string, string>>;
  /**
   * The Nx projects that exist: name → folder relative to the workspace ('.' for the root). A new package must not take
   * the name of one that lies elsewhere.
   */
  readonly projects: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly devDependencies?: Record<string, string>;
  readonly workspaces?: readonly string[];
  readonly nx?: { readonly name?: string };
}

/**
 * Reads the root's package.json and those of its packages.
 * @throws Failure when one of them cannot be read or the root's name has no scope.
 */
export function readWorkspace(folder: string): Workspace {
  const root = realpathSync(folder);
  const manifest = readManifest(join(root, 'package.json'));
  const scope = manifest.name?.match(/^(@[^/]+)\//)?.[1];
  if (scope === undefined) {
    throw new Failure(
      EXIT.failed,
      `The name in ${join(root, 'package.json')} has no scope, and packages are named after it`,
      'Name the root package @scope/workspace.',
    );
  }
  const projects = new Map([[projectName(manifest, '.'), '.']]);
  for (const path of packageFolders(root, manifest.workspaces ?? [])) {
    projects.set(projectName(readManifest(join(root, path, 'package.json')), path), path);
  }
  return { root, scope, version: manifest.version ?? '0.0.0', versions: manifest.devDependencies ?? {}, projects };
}

/** The folders of npm's workspaces. A pattern is a folder, or all folders in one: `packages/*`. */
function packageFolders(root: string, patterns: readonly string[]): readonly string[] {
  const folders = patterns.flatMap((pattern) => {
    const parent = pattern.replace(/\/\*$/, '');
    if (parent === pattern) {
      return [pattern];
    }
    const isFolder = statSync(join(root, parent), { throwIfNoEntry: false })?.isDirectory() === true;
    return isFolder ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`) : [];
  });
  return folders.filter((folder) => existsSync(join(root, folder, 'package.json')));
}

function projectName(manifest: Manifest, folder: string): string {
  return manifest.nx?.name ?? manifest.name ?? folder;
}

function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch (error) {
    throw new Failure(EXIT.failed, `${file} cannot be read: ${messageOf(error)}`, 'Correct the file.', error);
  }
}
