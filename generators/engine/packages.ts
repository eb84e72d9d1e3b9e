import { checkName } from './names.ts';
import { didYouMean } from './nearest.ts';
import type { Context } from './options.ts';

/**
 * Checks the name of a package that is to be made.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkNewPackage(name: string, { workspace }: Context): string | undefined {
  const folder = workspace.projects.get(name);
  // Nx knows projects by name, and the folder of a project of another kind may not be under packages/.
  const taken = folder !== undefined && folder !== `packages/${name}`;
  return (
    checkName(name) ??
    (taken ? `${JSON.stringify(name)} is the name of the project in ${folder} already; choose another` : undefined)
  );
}

/**
 * Checks the name of a package to which something is to be added.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkKnownPackage(name: string, { workspace }: Context): string | undefined {
  const known = [...workspace.projects].filter(([, folder]) => folder.startsWith('packages/')).map(([each]) => each);
  if (known.includes(name)) {
    return undefined;
  }
  const list = known.length === 0 ? 'there is none' : `there are: ${known.toSorted().join(', ')}`;
  return `there is no package ${JSON.stringify(name)}${didYouMean(name, known)}; ${list}`;
}
