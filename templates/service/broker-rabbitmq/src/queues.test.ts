import { expect, test } from 'vitest';
import { attemptOf } from './queues.ts';

test.for([
  [undefined, 1],
  [{}, 1],
  [{ attempt: 'many' }, 1],
  [{ attempt: 3 }, 3],
] as const)('with the headers %j it is attempt %i', ([headers, attempt]) => {
  expect(attemptOf(headers)).toBe(attempt);
});
