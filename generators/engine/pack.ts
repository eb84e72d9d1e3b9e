import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** The standard's own generators and templates. */
export interface Pack {
  /** The folder that holds `generators/` and `templates/`, absolute. */
  readonly folder: string;
  /** The version of the standard. */
  readonly version: string;
  /** The exact version of each library that templates use. */
  readonly versions: Readonly<Record<string, string>>;
}

let own: Pack | undefined;

/** The pack that this engine belongs to: the repository of the standard, or what is published of it. Read once a process. */
export function ownPack(): Pack {
  own ??= readPack();
  return own;
}

function readPack(): Pack {
  const folder = realpathSync(join(import.meta.dirname, '../..'));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return { folder, version: manifest.version, versions: manifest.devDependencies };
}

/**
 * Where generators and templates of a workspace come from: the pack, then the workspace's own folders, whose files win.
 * The repository of the standard has but one of them.
 * @param part `generators`, or a folder of templates: `templates/service/base`.
 * @returns the folders that are there, absolute.
 */
export function foldersOf(root: string, part: string): readonly string[] {
  const roots = new Set([ownPack().folder, realpathSync(root)]);
  return [...roots].map((each) => join(each, part)).filter((folder) => existsSync(folder));
}
