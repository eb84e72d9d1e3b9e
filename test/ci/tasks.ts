import { allProjects, targets } from './marked-workspace.ts';

/** Packages without an integration suite. */
const UNIT_ALONE = ['create-splitlevel', 'generators', 'levels', 'openapi', 'standard'];

/** These targets of these projects, as Nx names tasks, sorted. */
export const tasks = (projects: readonly string[], of: readonly string[] = targets) =>
  projects
    .flatMap((name) => of.map((target) => `${name}:${target}`))
    .filter((task) => !UNIT_ALONE.some((name) => task === `${name}:integration`))
    .sort();
export const everything = tasks(allProjects);
const onMoney = ['billing', 'mailer', 'orders', 'shipping'];
/** The tasks that a change of money's source can break. */
export const sourceOfMoney = [...tasks(['money']), ...tasks(onMoney, ['typecheck', 'unit', 'integration'])].sort();
/** The tasks that a change of a file of the root can break: the generators lie there. */
export const onTheRoot = [
  ...tasks(['create-splitlevel', 'generators', 'levels', 'splitlevel', 'standard'], ['typecheck', 'unit']),
  'splitlevel:integration',
].sort();
export const withoutIntegration = (all: readonly string[]) => all.filter((task) => !task.endsWith(':integration'));
