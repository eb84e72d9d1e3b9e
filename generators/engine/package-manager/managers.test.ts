import { expect, test } from 'vitest';
import { runningManager } from './managers.ts';

test.each([
  ['npm/11.19.1 node/v24.21.0 linux x64 workspaces/false', 'npm'],
  ['pnpm/12.21.0 npm/? node/v24.21.0 linux x64', 'pnpm'],
  ['yarn/4.18.1 npm/? node/v24.21.0 linux x64', 'yarn'],
  ['bun/1.4.5 npm/? node/v24.3.0 linux x64', 'bun'],
  ['cnpm/9 node/v24', 'npm'],
  ['', 'npm'],
])('%s is run by %s', (userAgent, name) => {
  expect(runningManager(userAgent).name).toBe(name);
});
