import { choice, list } from '../answers/options.ts';

/** The options of every command that merges what generators make into what is there. */
export const followingOptions = {
  prove: choice({
    description: 'What must stay green in a copy before anything is written: unit is lint, types and unit tests',
    question: 'What must stay green in a copy before anything is written (unit: lint, types and unit tests)?',
    choices: ['unit', 'integration', 'none'],
    default: 'unit',
  }),
  forceDirty: list({
    description: 'A file to change though it has changes that are not committed',
    question:
      'Files to change though they have changes that are not committed, separated by commas (none: leave empty)',
    placeholder: 'PATH',
    default: [],
    maximumLength: 1000,
  }),
};
