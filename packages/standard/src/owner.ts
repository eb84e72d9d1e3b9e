import type { Package } from './repository.ts';

/** The package to which a file of the workspace belongs: the root where no other has it. */
export function packageAround(path: string, packages: readonly Package[]): Package | undefined {
  const found = packages.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  return found ?? rootOf(packages);
}

/** The name of that package. */
export function ownerOf(path: string, packages: readonly Package[]): string {
  return packageAround(path, packages)?.name ?? '';
}

/** The package of the workspace itself. */
export function rootOf(packages: readonly Package[]): Package | undefined {
  return packages.find(({ folder }) => folder === '.');
}

/** The project that has the findings about the root's files. */
export function rootName(packages: readonly Package[]): string {
  return rootOf(packages)?.name ?? '';
}

/** The path of a package's file as findings name it: from the workspace. */
export function pathIn({ folder }: Pick<Package, 'folder'>, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}

/** The packages of the standard, where they are made and not installed. */
const STANDARD = /^(@splitlevel\/(guards|openapi|testkit|generators|ci|standard)|splitlevel|create-splitlevel)$/;

/** A package of the standard, which its own tests prove, or the root. */
export function isTool({ folder, manifest }: Pick<Package, 'folder' | 'manifest'>): boolean {
  return folder === '.' || STANDARD.test(manifest.name ?? '');
}
