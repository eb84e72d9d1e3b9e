import { TOOLS } from '@splitlevel/generators/tools';
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

/** The tools that every repository has, by the folders that `npx plop workspace` gives them: their own tests prove them. */
export function isTool({ folder }: Pick<Package, 'folder'>): boolean {
  return folder === '.' || TOOLS.some((name) => folder === `packages/${name}`);
}
