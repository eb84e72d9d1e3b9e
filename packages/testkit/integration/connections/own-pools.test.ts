import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileReport, runVitest } from '@splitlevel/guards/run-vitest';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { onlyFile, passed } from '../postgres/run-fixtures.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

describe("what code leaves open of a pool of its own fails its test, and the pool's end does not hang", () => {
  let file: FileReport;

  beforeAll(async () => {
    file = onlyFile(await runVitest(join(fixtures, 'vitest.config.ts'), [join(fixtures, 'own-pools.fixture.ts')]));
  }, 60_000);

  const messageOf = (name: string) => file.tests[name]?.message ?? '';

  test('a connection that is not given back, with the place where it was taken', () => {
    expect(messageOf('connection that is not released on the error path')).toMatch(
      /a connection of a pool \(pid \d+\) was not given back, so that the end of its pool would have waited for it for ever; it was taken\s+at .*own-pools.fixture.ts:\d+/,
    );
  });

  test('a transaction that is not rolled back', () => {
    expect(messageOf('transaction that is not rolled back')).toMatch(
      /was not given back.*\s+at .*own-pools.fixture.ts:/,
    );
  });

  test('a pool that is not closed', () => {
    expect(messageOf('pool that is not closed')).toMatch(
      /\(pid \d+\) was not given back; it was taken\s+at .*own-pools.fixture.ts:/,
    );
  });

  test('through a query builder that takes connections out of the sight of any stack', () => {
    expect(messageOf('connection of a query builder')).toMatch(
      /was not given back.*it was taken\s+at PostgresDriver[\s\S]*its last statement was sent\s+at .*own-pools.fixture.ts:\d+:\d+\)?\s+SELECT 1/,
    );
  });

  test('never reaches the next test', () => {
    expect(passed(file).filter((name) => name.startsWith('after'))).toHaveLength(5);
  });

  test('and only that does', () => {
    expect(passed(file)).toEqual(expect.arrayContaining(['connection of another server', 'released in time']));
  });
});

test('the place of a leak is in the code, whichever server calls it', { timeout: 60_000 }, async () => {
  const library = join(fixtures, 'node_modules/some-adapter');
  onTestFinished(() => rm(join(fixtures, 'node_modules'), { recursive: true, force: true }));
  await mkdir(library, { recursive: true });
  await writeFile(join(library, 'package.json'), '{ "name": "some-adapter", "main": "index.js" }');
  await writeFile(
    join(library, 'index.js'),
    'exports.adapt = (handler) => (request, response) => setImmediate(async () => { await handler(); response.end(); });',
  );
  const file = onlyFile(await runVitest(join(fixtures, 'vitest.config.ts'), [join(fixtures, 'servers.fixture.ts')]));
  for (const name of ['plain', 'waiting', 'adapter']) {
    const told = file.tests[name]?.message ?? '';
    expect(told).toMatch(/it was taken\n\s+at (async )?forget \(.*servers\.fixture\.ts:\d+:\d+\)\n/);
    expect(told.split('Commit or roll back')[0]).not.toMatch(/node:|node_modules/);
  }
});
