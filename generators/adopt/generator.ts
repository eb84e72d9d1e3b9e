import { definePlanningGenerator } from '../engine/generator.ts';
import { folderOf, options } from './options.ts';
import { planAdoption } from './plan.ts';

export const generator = definePlanningGenerator({
  name: 'adopt',
  description: 'Takes a hand-written package under the standard, its tests sorted by what they do',
  options,
  plansWithoutLock: true,
  plan: (answers, workspace, desk) =>
    planAdoption(folderOf(answers.package, { workspace }) ?? answers.package, workspace, desk),
  nextSteps: ({ package: name }, workspace) => {
    const folder = folderOf(name, { workspace });
    const project = [...workspace.projects].find(([, each]) => each === folder)?.[0] ?? name;
    return [`npx nx run-many -t lint typecheck unit integration -p ${project}`, 'npm run standard'];
  },
});
