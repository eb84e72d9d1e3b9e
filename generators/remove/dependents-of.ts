import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../engine/copy/files-below.ts';
import { within } from '../engine/plan/within.ts';
import type { Workspace } from '../engine/workspace.ts';

const KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

type Manifest = Readonly<Record<(typeof KINDS)[number], Readonly<Record<string, string>> | undefined>> & {
  readonly name?: string;
  readonly nx?: { readonly implicitDependencies?: readonly string[] };
};

/**
 * The packages that depend on one, each with how: by its package.json, as an implicit dependency of Nx, or by an import
 * alone.
 */
export function dependentsOf(project: string, folder: string, { root, projects }: Workspace): readonly string[] {
  const { name = project } = manifestIn(join(root, folder)) ?? {};
  return [...projects]
    .filter(([, place]) => place !== folder)
    .flatMap(([other, place]) => {
      const manifest = manifestIn(join(root, place));
      const kind = KINDS.find((each) => manifest?.[each]?.[name] !== undefined);
      if (kind !== undefined) {
        return [`${other}, by ${kind} in ${within(place, 'package.json')}`];
      }
      if (manifest?.nx?.implicitDependencies?.includes(project)) {
        return [`${other}, by implicitDependencies in ${within(place, 'package.json')}`];
      }
      const file = place === '.' ? undefined : importing(join(root, place), name);
      return file === undefined ? [] : [`${other}, by an import in ${within(place, file)}`];
    });
}

function manifestIn(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

/** The first file in a folder that imports a package. */
function importing(folder: string, name: string): string | undefined {
  for (const [path, content] of filesBelow(folder)) {
    const text = content.toString('utf8');
    if (/\.[mc]?[jt]sx?$/.test(path) && text.includes(name) && imports(text, name)) {
      return path;
    }
  }
  return undefined;
}

function imports(text: string, name: string): boolean {
  const literal = new RegExp(`(?:from|import|require)\\s*\\(?\\s*['"]${RegExp.escape(name)}(?:/[^'"]*)?['"]`);
  return literal.test(text);
}
