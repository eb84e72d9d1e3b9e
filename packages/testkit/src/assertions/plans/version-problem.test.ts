import { expect, test } from 'vitest';
import { versionProblem } from './version-problem.ts';

test('a server that plans without values is not a problem, and an older one is told', () => {
  expect(versionProblem({ number: 160_000, name: '16.0' })).toBeUndefined();
  expect(versionProblem({ number: 150_013, name: '15.13' })).toContain(
    'which PostgreSQL has since 16; this server is 15.13. Run the test on a newer one',
  );
});
