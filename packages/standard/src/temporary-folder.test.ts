import { expect, test } from 'vitest';
import { aRepository } from './a-repository.ts';
import type { Repository } from './repository.ts';
import { refuseFullDisk } from './temporary-folder.ts';

const { unitRun, faults } = aRepository();
const full = 'ENOSPC: no space left on device, write';

test.each<[what: string, repository: Partial<Repository>]>([
  ['the copy with known faults', { faults: { problem: full } }],
  ['a target', { faults: { value: new Map([...(faults.value ?? []), ['unit: its run', `Vite: ${full}`]]) } }],
  ['the report of the unit tests', { unitRun: { ...unitRun, exitCode: null, output: `red\nError: ${full}\n  at x` } }],
])('a disk that became full during %s is not a departure', (_what, repository) => {
  expect(() => refuseFullDisk(aRepository(repository))).toThrow(
    /^Nothing can be told, because nothing can be tried in the temporary folder: .*ENOSPC: no space left on device, write$/,
  );
});

test('other failures are left to the rules, and so is what a green run prints', () => {
  expect(() => refuseFullDisk(aRepository({ faults: { problem: 'no engine' } }))).not.toThrow();
  expect(() => refuseFullDisk(aRepository({ unitRun: { ...unitRun, exitCode: 0, output: full } }))).not.toThrow();
  expect(refuseFullDisk(aRepository())).toBeUndefined();
});
