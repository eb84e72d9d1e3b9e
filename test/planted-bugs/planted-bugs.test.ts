import { mkdir, rename } from 'node:fs/promises';
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
  // There is no embedded broker, cache or MariaDB.
  const own = catalogue.filter(
    (bug) => bug.class === name && !(isEmbedded && /broker|cache|mariadb/.test(bug.options)),
  );
  return own.length === 0
    ? []
    : sample(`planted bugs, ${name}`, own, isEmbedded ? 0.01 : 1 / 4, ({ path }) => basename(path));
});

/** What their services are generated with. */
const options = [...new Set(bugs.map((bug) => bug.options))];

let workspace: ScratchWorkspace;
/** The folders of services as they were generated, by their options. */
const pristine = new Map<string, string>();
let servers: RunningCommand;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
  await mkdir(join(workspace.root, 'tmp'), { recursive: true });
  for (const each of options) {
    const folder = join(workspace.root, `tmp/pristine-${pristine.size}`);
    const made = await workspace.run('plop', ['service', 'orders', ...each.split(' '), '--yes', '--no-install']);
    expect(made.code, made.stderr).toBe(0);
    await rename(join(workspace.root, 'packages/orders'), folder);
    pristine.set(each, folder);
  }
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

test.for(options)('without a planted bug both suites are green: %s', async (each) => {
  await patch(workspace, pristineOf(each), undefined);
  await expectGreenWithoutServers(workspace);
  expect(await runIntegration(workspace)).toEqual([]);
});

test.for(bugs)('$class: $title', async (bug) => {
  await patch(workspace, pristineOf(bug.options), bug.path);
  await expectGreenWithoutServers(workspace);
  const failed = await runIntegration(workspace, bug.test);
  // Its file may fail too: what is left of a request that hangs comes after the test.
  const told = failed.find(({ name }) => name === bug.test);
  expect(told, `failed instead of '${bug.test}': ${JSON.stringify(failed, null, 2)}`).toBeDefined();
  expect(told?.message).toContain(bug.message);
});

function pristineOf(options: string): string {
  const folder = pristine.get(options);
  if (folder === undefined) {
    throw new Error(`no service was generated with ${options}`);
  }
  return folder;
}

test('the table of the README is of this catalogue', async () => {
  expect(await refreshTable(catalogue), 'it was written anew: commit it').toBe('unchanged');
});
