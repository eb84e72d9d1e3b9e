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

test('has each server of a run, where it came from and how long it took to start, and no password', () => {
  const usage = new UsageLog();
  usage.note('run', postgres, 812.3);
  usage.note('run', { ...postgres, kind: 'wiremock', version: '3.13.2', source: 'embedded' }, undefined);
  usage.note('run', { ...postgres, source: 'url' }, undefined);
  const { url: _, ...used } = postgres;
  expect(usage.usedBy('run')).toEqual([
    { ...used, startedInMs: 812.3 },
    { ...used, kind: 'wiremock', version: '3.13.2', source: 'embedded', startedInMs: null },
    { ...used, source: 'url', startedInMs: null },
  ]);
});

test('a server that a run started and then found again was started', () => {
  const usage = new UsageLog();
  usage.note('run', postgres, 812.3);
  usage.note('run', postgres, undefined);
  expect(usage.usedBy('run')).toMatchObject([{ kind: 'postgres', startedInMs: 812.3 }]);
});

test('runs do not see each other, and a process that is part of none is not counted', () => {
  const usage = new UsageLog();
  usage.note('one', postgres, 812.3);
  usage.note(undefined, postgres, undefined);
  expect(usage.usedBy('other')).toEqual([]);
});

test('old runs are forgotten', () => {
  const usage = new UsageLog();
  for (let run = 0; run <= 100; run++) {
    usage.note(`run ${run}`, postgres, undefined);
  }
  expect(usage.usedBy('run 0')).toEqual([]);
  expect(usage.usedBy('run 1')).toHaveLength(1);
});
