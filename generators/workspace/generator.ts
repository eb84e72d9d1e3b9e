import { shellWord } from '../engine/command/shell-word.ts';
import { definePlanningGenerator } from '../engine/generator.ts';
import { options } from './options.ts';
import { planRepository } from './plan.ts';
import { remakeRepository } from './remake.ts';

export const generator = definePlanningGenerator({
  name: 'workspace',
  description: 'A new repository on the standard: configuration, CI and documents, with a first commit',
  options,
  plan: planRepository,
  remake: remakeRepository,
  nextSteps: ({ directory }) => [
    `cd ${shellWord(directory)}`,
    'npx plop service orders   # make a package',
    'npm test                  # lint, check and test everything',
    'npm run standard          # does it keep to the standard?',
  ],
});
