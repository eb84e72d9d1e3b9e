import { expect, test } from 'vitest';
import type { Server } from '../server.ts';
import { UsageLog } from './usage-log.ts';

const postgres: Server = {
  kind: 'postgres',
  url: 'postgres://postgres:secret@127.0.0.1:5432/postgres',
  version: '18.4',
  source: 'container',
  identity: 'postgres:18-alpine',
};

test('says of each server where it came from and how, and no password', () => {
  const usage = new UsageLog();
  usage.note('run', postgres, 812.3);
  usage.note('run', { ...postgres, kind: 'wiremock', version: '3.13.2', source: 'embedded' }, undefined);
  usage.note('run', { ...postgres, source: 'url' }, undefined);
  expect(usage.summary('run')).toEqual([
    'postgres 18.4 from a container (postgres:18-alpine, started in 0.8 s)',
    'wiremock 3.13.2 embedded (attached)',
    'postgres 18.4 from TESTKIT_POSTGRES_URL',
  ]);
});

test('a server that a run started and then found again was started', () => {
  const usage = new UsageLog();
  usage.note('run', postgres, 812.3);
  usage.note('run', postgres, undefined);
  expect(usage.summary('run')).toEqual(['postgres 18.4 from a container (postgres:18-alpine, started in 0.8 s)']);
});

test('runs do not see each other, and a process that is part of none is not counted', () => {
  const usage = new UsageLog();
  usage.note('one', postgres, 812.3);
  usage.note(undefined, postgres, undefined);
  expect(usage.summary('other')).toEqual([]);
});

test('old runs are forgotten', () => {
  const usage = new UsageLog();
  for (let run = 0; run <= 100; run++) usage.note(`run ${run}`, postgres, undefined);
  expect(usage.summary('run 0')).toEqual([]);
  expect(usage.summary('run 1')).toHaveLength(1);
});
