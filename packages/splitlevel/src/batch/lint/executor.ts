import { executorOf } from '../executor.ts';
import { lintTogether } from './lint-together.ts';

export const { single, batch } = executorOf(
  (folder) => `biome check --reporter=concise --error-on-warnings ${folder}`,
  lintTogether,
  1,
);
