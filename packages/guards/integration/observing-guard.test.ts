import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Observation } from '../src/observed/observation.ts';
import { runVitest } from '../src/observed/run-vitest.ts';

const folder = 'packages/guards/integration/fixtures';
const config = resolve(import.meta.dirname, 'fixtures/vitest.config.ts');

async function observationsOf(suite: string): Promise<{ exitCode: number | null; output: string; seen: string[] }> {
  const temporary = await mkdtemp(join(tmpdir(), 'observations-'));
  onTestFinished(() => rm(temporary, { recursive: true }));
  const file = join(temporary, 'observations');
  const environment = { GUARDED_SUITE: suite, TESTKIT_OBSERVATIONS: file };
  const { exitCode, output } = await runVitest(config, [`${folder}/observed.fixture.ts`], [], environment);
  const observations = (await readFile(file, 'utf8')).trimEnd().split('\n');
  // Node's own functions call each other: those calls have no line of the test.
  const seen = observations
    .map((line) => JSON.parse(line) as Observation)
    .filter(({ frame }) => frame?.startsWith(`${folder}/observed.fixture.ts:`))
    .map(({ test: name, activity, tried }) => {
      const where = tried.replace(/:[1-9]\d*$/, ':PORT').replaceAll(/\/\S*observed-\w*/g, 'FOLDER');
      return `${name}: ${activity}: ${where}`;
    });
  return { exitCode, output, seen };
}

test('the observing guard lets pass what it notes', { timeout: 60_000 }, async () => {
  const { exitCode, output, seen } = await observationsOf('observing');
  expect(exitCode, output).toBe(0);
  expect(seen).toEqual([
    'undefined: mock: mock the module ./mock-subject.ts (vi.mock)',
    'serves and fetches: network: listen on 127.0.0.1:0',
    'serves and fetches: network: resolve the name 127.0.0.1 (dns.lookup)',
    'serves and fetches: network: connect to 127.0.0.1:PORT',
    'writes: file: make a temporary folder FOLDER',
    'writes: file: write to FOLDER/note',
    'writes: file: remove FOLDER',
  ]);
});

test('the guard of unit tests notes what it refuses', { timeout: 60_000 }, async () => {
  const { exitCode, seen } = await observationsOf('unit');
  expect(exitCode).toBe(1);
  expect(seen).toEqual(['undefined: mock: mock the module ./mock-subject.ts (vi.mock)']);
});
