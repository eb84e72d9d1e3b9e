import { expect, test } from 'vitest';
import { passed, runFixtures } from './run-fixtures.ts';

const files = ['next-file-1', 'next-file-2'];

/** The names of the databases that the files of a run had. */
const databasesOf = (output: string) => new Set([...output.matchAll(/database (\w+)\./g)].map(([, name]) => name));

test.for([
  ['go on with one database, in the state of its template', ['--no-isolate'], 1],
  ['have one each where every file has a process of its own', [], 2],
] as const)('the files of a worker %s', async ([, options, databases]) => {
  const { files: reports, output } = await runFixtures(files, ['--maxWorkers=1', ...options]);
  expect(Object.values(reports).flatMap(passed), output).toHaveLength(files.length);
  expect(databasesOf(output).size, output).toBe(databases);
});
