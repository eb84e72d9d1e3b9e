import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathsBelow } from '../copy/files-below.ts';
import { generatorFiles } from '../load-generators.ts';
import { ownPack } from '../pack.ts';

/**
 * The replacements of the pack's own parts in a workspace: generators of the same name, and files of templates.
 * @param root of the workspace.
 * @returns paths relative to the workspace, with forward slashes, sorted.
 */
export function replacedIn(root: string): readonly string[] {
  const { folder } = ownPack();
  if (folder === realpathSync(root)) {
    return [];
  }
  const names = new Set(generatorNames(folder));
  const generators = generatorNames(root).filter((name) => names.has(name));
  const known = new Set(templateFiles(folder).map(withoutEnding));
  const templates = templateFiles(root).filter((path) => known.has(withoutEnding(path)));
  return [
    ...generators.map((name) => `generators/${name}`),
    ...templates.map((path) => `templates/${path}`),
  ].toSorted();
}

function generatorNames(root: string): readonly string[] {
  const folder = join(root, 'generators');
  return existsSync(folder) ? generatorFiles(folder).map(([name]) => name) : [];
}

function templateFiles(root: string): readonly string[] {
  const folder = join(root, 'templates');
  if (!existsSync(folder)) {
    return [];
  }
  return pathsBelow(folder).filter((path) => path.includes('/'));
}

/** A file is rendered or copied, and replaces one of either kind. */
function withoutEnding(path: string): string {
  return path.replace(/\.hbs$/, '');
}
