import { executorOf } from '../executor.ts';
import { runTogether } from './run-together.ts';

export const { single, batch } = executorOf((folder) => `vitest run --project unit ${folder}/`, runTogether, 1);
