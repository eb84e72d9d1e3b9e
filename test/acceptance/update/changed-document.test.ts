import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

const COPY = 'packages/orders/integration/openapi/rates.json';

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
  await workspace.write('rates.json', documentWith(['readRate']));
  await plop('service', 'orders', '--database', 'none');
  await plop('stub', 'rates', '--package', 'orders', '--spec', 'rates.json');
}, 120_000);
afterAll(() => workspace.remove());

async function plop(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.run('plop', [...args, '--yes', '--no-install']);
  expect(code, stdout + stderr).toBe(0);
  return stdout;
}

/** A document with an operation for each id, whose answer is a number. */
function documentWith(ids: readonly string[]): string {
  const answer = { description: 'A rate.', content: { 'application/json': { schema: { type: 'number' } } } };
  const operations = ids.map((operationId) => {
    const get = { operationId, responses: { 200: answer } };
    return [`/${operationId}`, { get }];
  });
  const document = { openapi: '3.0.3', info: { title: 'Rates', version: '1' }, paths: Object.fromEntries(operations) };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

test('a stub follows its document when the package is updated', { timeout: 120_000 }, async () => {
  const client = 'packages/orders/src/upstreams/rates/types.ts';
  expect(await workspace.read(client)).not.toContain('readHistory');
  await workspace.write(COPY, documentWith(['readRate', 'readHistory']));
  const said = await plop('update', '--package', 'orders');
  expect(said).toMatch(/ {2}create {2}packages\/orders\/integration\/stubs\/rates\/.*history/i);
  expect(await workspace.read(client)).toContain('readHistory');
  expect(JSON.parse(await workspace.read(COPY))).toHaveProperty(['paths', '/readHistory']);
  expect(await plop('update', '--package', 'orders')).toContain('Unchanged: packages/orders is up to date');
});
