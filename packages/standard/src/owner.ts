import type { Package } from './repository.ts';

/** The project to which a file of the workspace belongs. */
export function ownerOf(path: string, packages: readonly Package[]): string {
  const found = packages.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  return (found ?? packages.find(({ folder }) => folder === '.'))?.name ?? '';
}

/** The path of a package's file as findings name it: from the workspace. */
export function pathIn({ folder }: Pick<Package, 'folder'>, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}

/** The tools that every repository has, by the folders that `npx plop workspace` gives them: their own tests prove them. */
export function isTool({ folder }: Pick<Package, 'folder'>): boolean {
  return folder === '.' || /^packages\/(testkit|standard|ci)$/.test(folder);
}
