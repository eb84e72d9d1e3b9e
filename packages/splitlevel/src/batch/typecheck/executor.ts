import { executorOf } from '../executor.ts';
import { typecheckTogether } from './typecheck-together.ts';

export const { single, batch } = executorOf((folder) => `tsc -p ${folder}`, typecheckTogether);
