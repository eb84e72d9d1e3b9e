import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';

// The document drifts, and the contract test names the stub and the place in the document.
const copy = 'packages/drifting/integration/openapi/shop.json';

let workspace: ScratchWorkspace;
let text: string;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
  for (const args of [
    ['service', 'drifting', '--database', 'none'],
    ['stub', 'shop', '--package', 'drifting', '--spec', join(import.meta.dirname, 'documents/tree.json')],
  ]) {
    const { code, stderr } = await workspace.run('plop', [...args, '--yes', '--no-install']);
    expect(code, stderr).toBe(0);
  }
  text = await workspace.read(copy);
});
afterAll(() => workspace.remove());

test.for([
  ['a required field added', '["kind", "leaves"]', '["kind", "leaves", "age"]', '#/components/schemas/Tree/required'],
  ['a type changed', '["integer", "null"]', '["string"]', '#/components/schemas/Tree/properties/leaves/type'],
  ['an enum narrowed', '["oak", "elm"]', '["ash"]', '#/components/schemas/Tree/properties/kind/enum'],
  ['a path renamed', '/trees/{id}', '/plants/{id}', '#/paths'],
  ['a method changed', '"put": {', '"patch": {', '#/paths'],
  ['a status removed', '"200": {', '"201": {', '#/paths/~1trees~1{id}/put/responses'],
  [
    'a parameter added',
    '"parameters": [',
    '"parameters": [{"name":"by","in":"query","required":true,"schema":{}},',
    '#/paths',
  ],
  ['a field removed', '"kind": { "type": "string"', '"sort": { "type": "string"', '#/components/schemas/Tree/'],
  ['a format changed', '"format": "uuid"', '"format": "ipv4"', '#/paths/~1trees~1{id}/put/parameters/0/schema/format'],
  [
    'a content type changed',
    '"application/problem+json"',
    '"application/xml"',
    '#/components/responses/Problem/content',
  ],
] as const)('%s', async ([, from, to, place]) => {
  expect(text).toContain(from);
  await workspace.write(
    copy,
    text.replace(from, () => to),
  );
  const { code, stdout, stderr } = await workspace.run(
    'vitest',
    ['run', '--project', 'integration', 'packages/drifting/integration/shop.test.ts', '-t', 'a stub is'],
    { timeout: 300_000 },
  );
  expect(code, stdout).toBe(1);
  expect(stdout + stderr).toMatch(/integration\/stubs\/shop\/put-tree-(200|404)\.json: /);
  expect(stdout + stderr).toContain(place);
});
