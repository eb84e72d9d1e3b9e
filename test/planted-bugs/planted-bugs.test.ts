import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningCommand } from '../running-command.ts';
import { sample } from '../sample.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';
import { classes, readCatalogue } from './catalogue.ts';
import { expectGreenWithoutServers, patch, runIntegration } from './suites.ts';
import { refreshTable } from './table.ts';

// Bugs that developers make: the types and the unit tests stay green, and the integration suite names the cause.
const catalogue = readCatalogue();
/** Of each class a quarter; on embedded servers one of a third of the classes, since the assertions are the same. */
const isEmbedded = process.env.TESTKIT_RUNTIME === 'embedded';
const tried = isEmbedded ? sample('classes of planted bugs', classes, 1 / 3, (name) => name) : classes;
const bugs = tried.flatMap((name) => {
  const own = catalogue.filter((bug) => bug.class === name);
  return sample(`planted bugs, ${name}`, own, isEmbedded ? 0.01 : 1 / 4, ({ path }) => basename(path));
});

let workspace: ScratchWorkspace;
let pristine: string;
let servers: RunningCommand;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
  pristine = join(workspace.root, 'tmp/pristine');
  const made = await workspace.run('plop', [
    'service',
    'orders',
    '--entity',
    'product',
    '--upstream',
    'rates',
    '--yes',
    '--no-install',
  ]);
  expect(made.code, made.stderr).toBe(0);
  await cp(join(workspace.root, 'packages/orders'), pristine, { recursive: true });
  servers = workspace.start('node', ['test/hold-servers.ts']);
  await servers.waitFor(/^ready$/m, 120_000);
});
afterAll(async () => {
  await servers.end();
  await workspace.remove();
});

test.for(classes)('the catalogue has at least three bugs of the class %s', (name) => {
  expect(catalogue.filter((bug) => bug.class === name).length).toBeGreaterThanOrEqual(3);
});

test('the catalogue has at least 24 bugs', () => {
  expect(catalogue.length).toBeGreaterThanOrEqual(24);
});

test('without a planted bug both suites are green', async () => {
  await patch(workspace, pristine, undefined);
  await expectGreenWithoutServers(workspace);
  expect(await runIntegration(workspace)).toEqual([]);
});

test.for(bugs)('$class: $title', async (bug) => {
  await patch(workspace, pristine, bug.path);
  await expectGreenWithoutServers(workspace);
  const failed = await runIntegration(workspace, bug.test);
  // Its file may fail too: what is left of a request that hangs comes after the test.
  const told = failed.find(({ name }) => name === bug.test);
  expect(told, `failed instead of '${bug.test}': ${JSON.stringify(failed, null, 2)}`).toBeDefined();
  expect(told?.message).toContain(bug.message);
});

test('the table of the README is of this catalogue', async () => {
  expect(await refreshTable(catalogue), 'it was written anew: commit it').toBe('unchanged');
});
