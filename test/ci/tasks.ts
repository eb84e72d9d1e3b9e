import { allProjects, targets } from './marked-workspace.ts';

/** These targets of these projects, as Nx names tasks, sorted. The standard's own tests have no integration suite. */
export const tasks = (projects: readonly string[], of: readonly string[] = targets) =>
  projects
    .flatMap((name) => of.map((target) => `${name}:${target}`))
    .filter((task) => task !== 'standard:integration')
    .sort();
export const everything = tasks(allProjects);
const onMoney = ['billing', 'mailer', 'orders', 'shipping'];
/** What the source of money can break. */
export const sourceOfMoney = [...tasks(['money']), ...tasks(onMoney, ['typecheck', 'unit', 'integration'])].sort();
export const withoutIntegration = (all: readonly string[]) => all.filter((task) => !task.endsWith(':integration'));
