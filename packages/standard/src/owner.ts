import type { Package } from './repository.ts';

/** The project to which a file of the workspace belongs. */
export function ownerOf(path: string, packages: readonly Package[]): string {
  const found = packages.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  return (found ?? packages.find(({ folder }) => folder === '.'))?.name ?? '';
}
