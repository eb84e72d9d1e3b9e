import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of this repository. */
export const ROOT = join(import.meta.dirname, '../..');

/** The packages that are published, each after those that it depends on. */
export const PUBLISHED = [
  'guards',
  'openapi',
  'testkit',
  'generators',
  'ci',
  'standard',
  'levels',
  'splitlevel',
  'create-splitlevel',
] as const;

export type Published = (typeof PUBLISHED)[number];

/** The parts of a package.json that publishing changes. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly exports: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

export function manifestOf(name: Published): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8')) as Manifest;
}

/** The root's package.json: its version is the standard's, its devDependencies are the libraries of templates. */
export function rootManifest(): {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/** The folders of a package that go along as they are. */
export function plainFoldersOf(name: Published): readonly string[] {
  return ['bin', 'shared'].filter((folder) => existsSync(join(ROOT, 'packages', name, folder)));
}

/** The files that a package is entered by, by the subpath: './needs' → 'src/needs.ts'. */
export function entriesOf({ exports }: Pick<Manifest, 'exports'>): Readonly<Record<string, string>> {
  const entries = typeof exports === 'string' ? { '.': exports } : exports;
  return Object.fromEntries(Object.entries(entries).map(([subpath, path]) => [subpath, path.replace(/^\.\//, '')]));
}

/**
 * Where the compiled file of a source is in the published package. The package of the generators is the face of
 * `generators/` and `templates/` of the root, which lie in it as they lie here.
 */
export function builtPath(name: Published, path: string): string {
  const built = path.replace(/\.ts$/, '.js');
  return name === 'generators' ? `dist/packages/generators/${built}` : built.replace(/^src\//, 'dist/');
}

/** The file that states a package's public API, compared with what it exports by a test. */
export function apiFile(name: Published): string {
  return join(ROOT, 'packages', name, 'api.txt');
}
