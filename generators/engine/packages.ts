import { checkName } from './names.ts';
import { didYouMean } from './nearest.ts';
import { type Context, text } from './options.ts';

/**
 * The options that every generator of a package begins with.
 * @param kind of package, as the description names it: `service`.
 * @param purpose what the description is to say.
 */
export function newPackageOptions(kind: string, purpose: string) {
  return {
    name: text({
      description: 'Name of the package',
      placeholder: 'NAME',
      positional: true,
      validate: checkNewPackage,
    }),
    description: text({
      description: `${purpose}, in one line`,
      default: ({ answers: { name } }) => `The ${name} ${kind}.`,
      validate: (line) => (line.trim() === '' ? 'must say something' : undefined),
    }),
  };
}

/**
 * Checks the name of a package that is to be made.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
function checkNewPackage(name: string, { workspace }: Context): string | undefined {
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
