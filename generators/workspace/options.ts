import { basename, resolve } from 'node:path';
import { type Context, choice, text } from '../engine/answers/options.ts';
import { callerFolder } from '../engine/command/caller-folder.ts';
import { MANAGER_NAMES, runningManager } from '../engine/package-manager/managers.ts';

/** npm's rule for the scope of a new package: https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const SCOPE = /^@[a-z0-9][a-z0-9._-]*$/;
/** npm allows 214 characters for the whole name, of which the longest name of a package here takes 41. */
const LONGEST_SCOPE = 100;
/** A team or a person of the forge, or an address, as CODEOWNERS has them. */
const OWNER = /^(@[\w.-]+(\/[\w.-]+)*|[^\s@]+@[^\s@]+)$/;

/** The option schema of the workspace generator. */
export const options = {
  directory: text({
    description: 'Where the repository is made: a folder that is not there, or is empty',
    placeholder: 'DIRECTORY',
    positional: true,
    maximumLength: 1000,
    validate: checkDirectory,
  }),
  scope: text({
    description: 'The npm scope of its packages',
    placeholder: '@NAME',
    default: scopeFor,
    validate: checkScope,
  }),
  packageManager: choice({
    description: 'The package manager',
    choices: MANAGER_NAMES,
    default: () => runningManager().name,
    defaultNote: 'the one that runs this, or npm',
  }),
  forge: choice({
    description: 'Where it is hosted, which decides its CI',
    choices: ['github', 'gitlab'],
    default: 'github',
  }),
  owner: text({
    description: 'The reviewers of every change, for CODEOWNERS: a team, a person or an email address',
    question: 'Reviewers of every change, for CODEOWNERS: a team, a person or an email address (none: leave empty)',
    placeholder: '@ORGANISATION/TEAM',
    default: '',
    validate: (owner) =>
      owner === '' || OWNER.test(owner)
        ? undefined
        : `${JSON.stringify(owner)} is not an owner; write @organisation/team`,
  }),
};

/** Where a directory of the options is, from the folder in which the command was given. */
export function resolveDirectory(directory: string): string {
  return resolve(callerFolder(), directory);
}

function checkDirectory(directory: string): string | undefined {
  if (directory.trim() === '') {
    return 'must name a folder';
  }
  const name = basename(resolveDirectory(directory));
  // Vite takes what follows these for a query or a fragment of its URLs.
  const bad = /[#?%]/.exec(resolveDirectory(directory))?.[0];
  if (bad !== undefined) {
    return `${JSON.stringify(directory)} has ${bad} in its path, with which Vite cannot work; choose another`;
  }
  return name === '' ? `${JSON.stringify(directory)} is the root of the disk` : undefined;
}

function scopeFor({ answers: { directory } }: Context): string | undefined {
  const scope = `@${basename(resolveDirectory(String(directory))).toLowerCase()}`;
  return checkScope(scope) === undefined ? scope : undefined;
}

function checkScope(scope: string): string | undefined {
  if (scope.length > LONGEST_SCOPE) {
    return `has ${scope.length} characters; at most ${LONGEST_SCOPE} are allowed`;
  }
  return SCOPE.test(scope)
    ? undefined
    : `${JSON.stringify(scope)} is not a scope of npm: an at sign, then lower-case letters, digits, dots, hyphens and underscores, as in @shop`;
}
