import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Generator } from './generator.ts';
import { foldersOf } from './pack.ts';

/**
 * The generators of a workspace, by name: every folder of the pack's `generators/` and of the workspace's own that has a
 * `generator.ts`. The workspace's own wins over the pack's of that name.
 * @param root of the workspace.
 */
export async function loadGenerators(root: string): Promise<readonly Generator[]> {
  const files = new Map(foldersOf(root, 'generators').flatMap(generatorFiles));
  return await Promise.all(
    [...files].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([name, file]) => load(name, file)),
  );
}

/** The files that export generators, by name; what is published is JavaScript. */
export function generatorFiles(folder: string): readonly (readonly [name: string, file: string])[] {
  return readdirSync(folder).flatMap((name) => {
    const files = ['generator.ts', 'generator.js'].map((file) => join(folder, name, file));
    const file = files.find((each) => existsSync(each));
    return file === undefined || name === 'engine' ? [] : [[name, file] as const];
  });
}

async function load(name: string, file: string): Promise<Generator> {
  const { generator } = (await import(pathToFileURL(file).href)) as { generator?: Generator };
  if (generator?.name !== name) {
    throw new Error(`${file} must export a generator named ${JSON.stringify(name)}, as its folder is`);
  }
  return generator;
}
