import { expect, test } from 'vitest';
import { describeServer, type UsedServer } from './evidence.ts';

const postgres: UsedServer = {
  kind: 'postgres',
  version: '18.4',
  source: 'container',
  identity: 'postgres:18-alpine',
  startedInMs: 812.3,
};

test.each<[Partial<UsedServer>, string]>([
  [{}, 'postgres 18.4 from a container (postgres:18-alpine, started in 0.8 s)'],
  [{ startedInMs: null }, 'postgres 18.4 from a container (postgres:18-alpine, attached)'],
  [{ source: 'embedded' }, 'postgres 18.4 embedded (started in 0.8 s)'],
  [{ source: 'url', startedInMs: null }, 'postgres 18.4 from TESTKIT_POSTGRES_URL'],
])('a server in one line: %o', (difference, line) => {
  expect(describeServer({ ...postgres, ...difference })).toBe(line);
});
