export { runnerOfModule, runnerOfScript } from '../../../generators/adopt/runners.ts';
