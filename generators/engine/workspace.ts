import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { callerFolder } from './command/caller-folder.ts';
import { EXIT, Failure, messageOf } from './failure.ts';
import { ownPack } from './pack.ts';
import { managerOf } from './package-manager/managers.ts';
import type { PackageManager } from './package-manager/package-manager.ts';
import { packageFolders, packagesFolder, workspacePatterns } from './package-manager/workspaces.ts';
import { decodeText } from './write/text-file.ts';

/** The workspace as generators see it: plain data, read once a run. */
export interface Workspace {
  /** Absolute, without symlinks. */
  readonly root: string;
  /** The npm scope of the root's name with its at sign: `@splitlevel`. */
  readonly scope: string;
  /** The standard's version. */
  readonly version: string;
  /**
   * Exact version of each library that templates use: the root's devDependencies where they have it, else the pack's.
   */
  readonly versions: Readonly<Record<string, string>>;
  /**
   * The Nx projects that exist: name → folder relative to the workspace ('.' for the root). A new package must not take
   * the name of one that lies elsewhere.
   */
  readonly projects: ReadonlyMap<string, string>;
  /** Default: npm. */
  readonly packageManager?: PackageManager;
  /**
   * The folder in which new packages are made, relative to the workspace; empty: there is none. Default: `packages`.
   */
  readonly packages?: string;
  /** The project in whose folder the command was given; undefined in the root and outside of packages. */
  readonly here?: string | undefined;
  /** Whether an addition is made again that was made beside what it would have changed too. Default: false. */
  readonly isBeside?: boolean;
}

interface Manifest {
  readonly name?: string;
  readonly devDependencies?: Record<string, string>;
  readonly nx?: { readonly name?: string };
}

/**
 * Reads the root's package.json and those of its packages.
 * @param from the folder in which the command was given, absolute.
 * @throws {Failure} when one of them cannot be read or the root's name has no scope.
 */
export function readWorkspace(folder: string, from = callerFolder()): Workspace {
  const root = realpathSync(folder);
  const pack = ownPack();
  const manifest = readManifest(join(root, 'package.json'));
  const scope = manifest.name?.match(/^(@[^/]+)\//)?.[1];
  if (scope === undefined) {
    throw new Failure(
      EXIT.failed,
      `The name in ${join(root, 'package.json')} has no scope, and packages are named after it`,
      'Name the root package @scope/workspace.',
    );
  }
  const patterns = workspacePatterns(root);
  const projects = new Map([[projectName(manifest, '.'), '.']]);
  for (const path of packageFolders(root, patterns)) {
    projects.set(projectName(readManifest(join(root, path, 'package.json')), path), path);
  }
  return {
    root,
    scope,
    version: pack.version,
    versions: { ...pack.versions, ...manifest.devDependencies },
    projects,
    packageManager: managerOf(root),
    packages: packagesFolder(patterns) ?? '',
    here: projectAround(root, projects, from),
  };
}

/** The project whose folder is the nearest one around a folder. */
function projectAround(root: string, projects: ReadonlyMap<string, string>, from: string): string | undefined {
  const place = existsSync(from) ? relative(root, realpathSync(from)).split(sep).join('/') : '..';
  const around = [...projects].filter(([, folder]) => folder !== '.' && `${place}/`.startsWith(`${folder}/`));
  return around.toSorted(([, left], [, right]) => right.length - left.length)[0]?.[0];
}

function projectName(manifest: Manifest, folder: string): string {
  return manifest.nx?.name ?? manifest.name ?? folder;
}

function readManifest(file: string): Manifest {
  let manifest: unknown;
  try {
    const { mark, text } = decodeText(file, readFileSync(file));
    if (mark !== '') {
      throw new Failure(
        EXIT.conflict,
        `${file} begins with a byte order mark (U+FEFF), at which Nx fails for the whole workspace, though npm reads it`,
        'Save it as UTF-8 without a byte order mark, then run the command again.',
      );
    }
    manifest = JSON.parse(text);
  } catch (error) {
    if (error instanceof Failure) {
      throw error;
    }
    throw new Failure(EXIT.failed, `${file} cannot be read: ${messageOf(error)}`, 'Correct the file.', error);
  }
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw new Failure(EXIT.failed, `${file} must hold one JSON object`, 'Correct the file.');
  }
  return manifest as Manifest;
}
