import { definePlanningGenerator } from '../engine/generator.ts';
import { options } from './options.ts';
import { planRename } from './plan.ts';

export const generator = definePlanningGenerator({
  name: 'rename',
  description: 'Gives a generated package another name, in its own files and in those of its dependents',
  options,
  plan: planRename,
  nextSteps: ({ to }) => [
    'git diff HEAD --stat                         # what has changed',
    `npx nx affected -t lint typecheck unit integration   # ${to} and all that depends on it`,
  ],
});
