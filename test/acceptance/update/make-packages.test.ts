import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EarlierPackage } from '../../history/earlier-state.ts';
import { earlierStates } from '../../history/earlier-states.ts';
import { makePackages } from '../../history/make-packages.ts';
import { packagesOfState } from '../../history/packages-of-state.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

let workspace: ScratchWorkspace;
let packages: readonly EarlierPackage[];
const index = earlierStates().length;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
  packages = await makePackages(packagesOfState(index), workspace.root);
});
afterAll(() => workspace?.remove());

test('today’s packages are what a state would have of them', async () => {
  for (const { folder, runs, files } of packages) {
    expect([...(runs[0]?.files.keys() ?? [])]).toContain('package.json');
    expect(runs.every((run) => run.files.size > 0)).toBe(true);
    for (const [path, { content }] of files) {
      expect(`${content}`, path).toBe(await workspace.read(`${folder}/${path}`));
    }
  }
});

test('within twelve states every pair of servers is made, and each is added to a package once', () => {
  const all = Array.from({ length: 12 }, (_, past) => packagesOfState(index + past));
  const combinations = all.map((state) => {
    const [service, ...additions] = state.get('billing') ?? [];
    const kinds = additions.map(({ given }) => given.get('kind')).filter((kind) => kind !== undefined);
    const { database, cache, broker } = Object.fromEntries(service?.given ?? []);
    return [database, cache, broker, ...kinds].join(' ');
  });
  expect(new Set(combinations).size).toBe(12);
});
