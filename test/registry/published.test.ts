import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assemble } from '../../.ci/release/assemble.ts';
import { PUBLISHED } from '../../.ci/release/packages.ts';
import { type Registry, startRegistry } from './registry.ts';
import { createRepository, type Repository } from './repository.ts';

const targets = ['lint', 'typecheck', 'unit', 'integration'];
let packages: string;
let registry: Registry;
let repository: Repository;

beforeAll(async () => {
  packages = await mkdtemp(join(tmpdir(), 'splitlevel-packages-'));
  registry = await startRegistry();
  assemble(packages, '1.0.0');
  for (const name of PUBLISHED) await registry.publish(join(packages, name));
  repository = await createRepository(registry, ['--upstream', 'rates'], '1.0.0');
});
afterAll(async () => {
  await repository?.remove();
  await registry?.end();
  await rm(packages, { recursive: true, force: true });
});

/** Runs the targets; the tasks that the cache did not answer. */
async function tasksThatRan(runtime: string): Promise<string[]> {
  const output = await repository.run('npx', ['nx', 'run-many', '-t', ...targets, '--output-style=static'], {
    TESTKIT_RUNTIME: runtime,
  });
  return [...output.matchAll(/^> nx run orders:(\w+)(.*)$/gm)].flatMap(([, target = '', rest = '']) =>
    rest.includes('[') ? [] : [target],
  );
}

/** Publishes a package again under another version, as it is. */
async function publishAs(name: (typeof PUBLISHED)[number], version: string): Promise<void> {
  const path = join(packages, name, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...manifest, version }));
  await registry.publish(join(packages, name));
}

test.each([['containers'], ['embedded']])(
  'a generated service is green in all targets with the packages as they are published, on %s',
  async (runtime) => {
    expect(await tasksThatRan(runtime)).toContain('integration');
    expect(await tasksThatRan(runtime), 'and nothing the second time').toEqual([]);
  },
);

test('another version of the testkit runs what it can break: the types and the integration suite', async () => {
  await publishAs('testkit', '1.0.1');
  await repository.install({ testkit: '1.0.1' });
  expect((await tasksThatRan('containers')).sort()).toEqual(['integration', 'typecheck']);
});

test('another version of the guards runs both suites', async () => {
  await publishAs('guards', '1.0.1');
  await repository.install({ guards: '1.0.1' });
  expect((await tasksThatRan('containers')).sort()).toEqual(['integration', 'typecheck', 'unit']);
});
