import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { expectGreen, plop } from '../green-packages.ts';
import { createScratchWorkspace, repositoryRoot, type ScratchWorkspace } from '../scratch-workspace.ts';

// Every kind of service stays green in all four targets when an upstream is added to it.
const tree = join(repositoryRoot, 'test/stubs/documents/tree.json');
const kinds = [
  { name: 'with-database', service: [], stub: [] },
  { name: 'without-anything', service: ['--database', 'none'], stub: [] },
  { name: 'with-another', service: ['--database', 'none', '--upstream', 'tax-office'], stub: [] },
  // Its price is the owner's: the upstream gets no routes, and tests of its client.
  { name: 'with-its-own-price', service: ['--database', 'none'], stub: [] },
  { name: 'with-a-document', service: ['--database', 'none'], stub: ['--spec', tree] },
];

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

async function makePriceItsOwn(name: string): Promise<void> {
  const path = `packages/${name}/src/product.ts`;
  const text = await workspace.read(path);
  await workspace.write(path, text.replaceAll('export function rounded', 'function rounded'));
}

test('services get an upstream, and are green in all their targets', async () => {
  for (const { name, service, stub } of kinds) {
    await plop(workspace, 'service', name, '--entity', 'product', ...service);
    if (name === 'with-its-own-price') {
      await makePriceItsOwn(name);
    }
    await plop(workspace, 'stub', 'rates', '--package', name, ...stub);
  }
  await expectGreen(
    workspace,
    kinds.map(({ name }) => name),
  );
});
