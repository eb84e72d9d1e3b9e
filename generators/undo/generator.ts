import { definePlanningGenerator } from '../engine/generator.ts';
import { planUndo } from './plan.ts';

export const generator = definePlanningGenerator({
  name: 'undo',
  description: 'Takes back the last run of a generator, if nothing that it wrote has changed since',
  options: {},
  plan: async (_, { root }) => planUndo(root),
  nextSteps: () => ['git status'],
});
