import { constants } from 'node:fs';
import type { RunnerTestFile } from 'vitest';
import { describe, expect, test } from 'vitest';
import { integrationFolderOf } from '../blame/refusal.ts';
import { addressOf } from './refuse-connections.ts';
import { opensToWrite } from './refuse-writes.ts';

describe('an address', () => {
  test.each([
    [[5432], 'localhost:5432'],
    [['5432', '10.0.0.1'], '10.0.0.1:5432'],
    [[5432, () => {}], 'localhost:5432'],
    [[{ port: 5432, host: '::1' }], '[::1]:5432'],
    [[[{ port: 5432, host: 'db' }, () => {}]], 'db:5432'],
    [['/tmp/a.sock'], '/tmp/a.sock'],
    [[{ path: '/tmp/a.sock' }], '/tmp/a.sock'],
    [[{ path: '/rates', port: 80, host: 'rates' }], 'rates:80'],
    [[{ fd: 3 }], 'file descriptor 3'],
    [[], 'localhost:0'],
    [[null], 'localhost:0'],
  ])('%j is %s', (parameters, address) => {
    expect(addressOf(parameters)).toBe(address);
  });
});

describe('flags of open', () => {
  test.each(['r', 'rs', 'sr', undefined, null, 0, constants.O_RDONLY, constants.O_DIRECTORY, () => {}])(
    '%s reads',
    (flags) => {
      expect(opensToWrite(flags)).toBe(false);
    },
  );
  test.each(['r+', 'rs+', 'w', 'wx', 'a', 'a+', 'as', constants.O_RDWR, constants.O_WRONLY, constants.O_CREAT])(
    '%s writes',
    (flags) => {
      expect(opensToWrite(flags)).toBe(true);
    },
  );
});

test.each([
  ['packages/pricing/src/rates.test.ts', 'packages/pricing/integration/'],
  ['generators/engine/plan.test.ts', 'test/integration/'],
  ['other/a.test.ts', 'integration/'],
])('the integration tests of %s are in %s', (path, folder) => {
  const file = { filepath: `${process.cwd()}/${path}` } as RunnerTestFile;
  expect(integrationFolderOf({ file, test: undefined, refusals: [], ended: false })).toBe(folder);
});
