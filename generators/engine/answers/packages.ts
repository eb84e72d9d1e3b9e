import { didYouMean } from '../command/nearest.ts';
import { EXIT, Failure } from '../failure.ts';
import { diskOf } from '../plan/disk.ts';
import { hasRecord } from '../record/read-record.ts';
import type { Workspace } from '../workspace.ts';
import { checkPackageName } from './names.ts';
import { type Context, type Option, text } from './options.ts';

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

/** The folder of a package that is to be made, relative to the workspace. */
export function newPackageFolder(name: string, { packages = 'packages' }: Workspace): string {
  if (packages === '') {
    throw new Failure(
      EXIT.conflict,
      'workspaces in package.json names single folders only, so that no folder takes a new package',
      'Add a pattern to it, such as "packages/*".',
    );
  }
  return `${packages}/${name}`;
}

/** The settings of an option for a package that exists. */
interface PackageOption {
  readonly description: string;
  /** Whether something can be added to the package in this folder. Terminals offer those; default: every package. */
  fits?(folder: string, workspace: Workspace): boolean;
}

/**
 * The option for a package to which something is added: chosen on a terminal, and by default the one in whose folder
 * the command was given.
 */
export function packageOption({ description, fits = () => true }: PackageOption): Option<string> {
  const fitting = ({ workspace }: Context) =>
    packagesIn(workspace).flatMap(([name, folder]) => (fits(folder, workspace) ? [name] : []));
  return text({
    description,
    placeholder: 'NAME',
    default: ({ workspace }) => workspace.here,
    defaultNote: 'the package in whose folder you are',
    suggestions: fitting,
    validate: checkKnownPackage,
  });
}

/**
 * Checks the name of a package that is to be made.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkNewPackage(name: string, { workspace }: Context): string | undefined {
  const { packages = 'packages', projects } = workspace;
  const folder = projects.get(name);
  // Nx knows projects by name, and the folder of a project of another kind may not be under packages/.
  const taken = folder !== undefined && folder !== `${packages}/${name}`;
  return (
    checkPackageName(name) ??
    (taken
      ? `${JSON.stringify(name)} is the name of the project in ${folder === '.' ? 'the root' : folder} already; choose another`
      : undefined)
  );
}

/**
 * Checks the name of a package to which something is to be added.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkKnownPackage(name: string, { workspace }: Context): string | undefined {
  return checkKnown(
    name,
    packagesIn(workspace).map(([each]) => each),
  );
}

/** The same for a package or the root's project. */
export function checkKnownProject(name: string, { workspace }: Context): string | undefined {
  return checkKnown(name, [...workspace.projects.keys()].toSorted());
}

function checkKnown(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) {
    return undefined;
  }
  const list = known.length === 0 ? 'there is none' : `there are: ${known.join(', ')}`;
  return `there is no package ${JSON.stringify(name)}${didYouMean(name, known)}; ${list}`;
}

/** Whether a generator made the package in this folder: it can then be added to. */
export function wasGenerated(folder: string, { root }: Workspace): boolean {
  return hasRecord(folder, diskOf(root));
}

/** The packages of the workspace and their folders, sorted by name. */
function packagesIn({ projects }: Workspace): readonly (readonly [string, string])[] {
  return [...projects].filter(([, folder]) => folder !== '.').toSorted(([left], [right]) => (left < right ? -1 : 1));
}
