import { definePlanningGenerator } from '../engine/generator.ts';
import { options } from './options.ts';
import { planRemoval } from './plan.ts';

export const generator = definePlanningGenerator({
  name: 'remove',
  description: 'Removes a package, or an entity, an upstream or a server from one, its owner’s edits kept',
  options,
  plan: planRemoval,
  nextSteps: () => [
    'git diff HEAD --stat                         # what has changed',
    'npx nx affected -t lint typecheck unit integration',
  ],
});
