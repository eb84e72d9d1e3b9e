import { definePlanningGenerator } from '../engine/generator.ts';
import { options } from './options.ts';
import { planUpdate } from './plan.ts';

export const generator = definePlanningGenerator({
  name: 'update',
  description: 'Brings what was generated up to today’s templates, or to other answers, its owner’s edits kept',
  options,
  plan: planUpdate,
  nextSteps: () => [
    'git diff                                     # what has changed',
    'npx nx affected -t lint typecheck unit integration',
  ],
});
