import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createScratchWorkspace, repositoryRoot, type ScratchWorkspace } from '../scratch-workspace.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const tree = join(repositoryRoot, 'test/stubs/documents/tree.json');

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
  await plop('service', 'orders', '--database', 'none');
});
afterAll(() => workspace.remove());

async function plop(...args: string[]) {
  return await workspace.run('plop', [...args, '--yes', '--no-install']);
}

async function filesOf(): Promise<string> {
  const { stdout } = await workspace.run('bash', ['-c', 'find packages/orders -type f | sort | xargs sha256sum']);
  return stdout;
}

async function refusal(file: string): Promise<string> {
  const before = await filesOf();
  const { code, stdout, stderr } = await plop('stub', 'shop', '--package', 'orders', '--spec', file);
  expect({ code, stdout }, stderr).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toContain('    at ');
  expect(await filesOf()).toBe(before);
  return stderr;
}

const head = 'openapi: 3.0.0\ninfo: { title: T, version: "1" }\n';

describe('a document that cannot be used is refused, and nothing is written', () => {
  test.each([
    ['a.yaml', 'a: [\nb: {', '--spec: a.yaml:2:1 is neither JSON nor YAML: '],
    ['a.json', '{ "openapi": "3.1.0"', '--spec: a.json:1:'],
    ['a.yaml', 'swagger: "2.0"\npaths: {}', '--spec: a.yaml #/swagger: this is Swagger 2.0'],
    ['a.yaml', head, '--spec: a.yaml:1 #/paths: the document has no paths, so that there is nothing to call'],
    ['a.yaml', `${head}paths: { /a: { $ref: b.yaml } }`, 'the reference "b.yaml" leads to another file'],
    ['big.yaml', `${head}#${'x'.repeat(10 * 1024 * 1024)}`, '--spec: big.yaml has 10.0 MiB; at most 5 are read'],
  ])('%s', async (file, text, sentence) => {
    await workspace.write(file, text);
    expect(await refusal(file)).toContain(sentence);
  });

  test('a file that is not there', async () => {
    const path = join(workspace.root, 'none.yaml');
    expect(await refusal('none.yaml')).toContain(`--spec: ${path} cannot be read: ENOENT`);
  });

  test('a reference to the network, where nobody is asked', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ url }, response) => {
      asked.push(url);
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.json`;
    await workspace.write('a.yaml', `${head}paths: { /a: { $ref: "${url}" } }`);
    expect(await refusal('a.yaml')).toContain(`the reference "${url}" leads to the network`);
    expect(asked).toEqual([]);
    server.close();
  });
});

test('another document than the one before is a conflict', async () => {
  expect(await plop('stub', 'trees', '--package', 'orders', '--spec', tree)).toMatchObject({ code: 0, stderr: '' });
  const made = await filesOf();
  const changed = (await workspace.read('packages/orders/integration/openapi/trees.json')).replaceAll('Tree', 'Plant');
  await workspace.write('changed.json', changed);
  const { code, stderr } = await plop('stub', 'trees', '--package', 'orders', '--spec', 'changed.json');
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('integration/openapi/trees.json') });
  expect(await filesOf()).toBe(made);
});
