import { flag, list } from '../engine/answers/options.ts';
import { checkKnownProject } from '../engine/answers/packages.ts';
import { followingOptions } from '../engine/follow/options.ts';

/** The option schema of the update generator. */
export const options = {
  package: list({
    description: 'A package to update, or the root’s project for the repository’s own files',
    question: 'Packages to update, separated by commas',
    placeholder: 'NAME',
    default: ({ workspace }) => (workspace.here === undefined ? [] : [workspace.here]),
    defaultNote: 'the package in whose folder you are',
    validate: checkKnownProject,
  }),
  all: flag({
    description: 'Update every package that was generated, and the repository’s own files',
    question: 'Update everything that was generated?',
    default: false,
  }),
  set: list({
    description: 'Another answer for one package; ADDITION.OPTION=VALUE for what was added to it',
    question: 'Other answers, as OPTION=VALUE, separated by commas (none: leave empty)',
    placeholder: 'OPTION=VALUE',
    default: [],
    maximumLength: 1000,
    validate: (text) => (/^[^=\s]+=/.test(text) ? undefined : `${JSON.stringify(text)} is not OPTION=VALUE`),
  }),
  ...followingOptions,
};
