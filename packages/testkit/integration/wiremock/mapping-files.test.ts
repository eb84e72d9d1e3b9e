import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect } from 'vitest';
import { loadMappings } from '../../src/kinds/wiremock/stubs/load-mappings.ts';
import { test as base } from './fixtures.ts';

const test = base.extend('folder', async ({ task }, { onCleanup }) => {
  const root = await mkdtemp(join(tmpdir(), `testkit-${task.id}-`));
  onCleanup(() => rm(root, { recursive: true }));
  const path = join(root, 'integration/stubs/shop');
  const write = async (files: Readonly<Record<string, unknown>>): Promise<void> => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      const raw = typeof content === 'string' || content instanceof Uint8Array;
      await writeFile(join(path, name), raw ? content : JSON.stringify(content));
    }
  };
  return { root, path, write, source: (name: string) => relative(process.cwd(), join(path, name)) };
});

const mapping = (urlPath: string, response: unknown = { status: 200 }): unknown => ({ request: { urlPath }, response });

test('files with one mapping, with many, and in folders are all served', async ({ folder, open }) => {
  await folder.write({
    'one.json': mapping('/one'),
    'many.json': { mappings: [mapping('/two'), mapping('/three')] },
    'deep/er/four.json': mapping('/four'),
    'notes.txt': 'no mapping',
  });
  const { upstream, verify } = await open(loadMappings(folder.path));
  for (const path of ['/one', '/two', '/three', '/four']) {
    expect((await fetch(`${upstream.url}${path}`)).status).toBe(200);
  }
  await verify();
});

test('bodies are files under __files, as text or bytes', async ({ folder, open }) => {
  const bytes = new Uint8Array([0, 255, 254, 13, 10]);
  await folder.write({
    'text.json': mapping('/text', { bodyFileName: 'deep/text.json' }),
    'bytes.json': mapping('/bytes', { bodyFileName: 'bytes.bin' }),
    '__files/deep/text.json': '{"ü":1}\r\n',
    '__files/bytes.bin': bytes,
  });
  const { upstream, verify } = await open(loadMappings(folder.path));
  expect(await (await fetch(`${upstream.url}/text`)).text()).toBe('{"ü":1}\r\n');
  expect(new Uint8Array(await (await fetch(`${upstream.url}/bytes`)).arrayBuffer())).toEqual(bytes);
  await verify();
});

test('a folder that is not there has no stubs', async ({ folder }) => {
  expect(loadMappings(folder.path)).toEqual([]);
});

test('a mistake is told by file and place', async ({ folder }) => {
  await folder.write({ 'a.json': { mappings: [mapping('/a'), mapping('b')] } });
  expect(() => loadMappings(folder.path)).toThrow(
    `${folder.source('a.json')} (mapping 2 of 2) is not a stub that can be used:\n  - "request.urlPath" must begin with a slash: /b`,
  );
  await folder.write({ 'a.json': '{\n  "request": {}\n  "response": {}\n}\n' });
  expect(() => loadMappings(folder.path)).toThrow(`${folder.source('a.json')}:3:3: this mapping file is not JSON: `);
});

test('a body file that is missing or outside is refused', async ({ folder }) => {
  await folder.write({ 'a.json': mapping('/a', { bodyFileName: 'a.txt' }), '__files/b.txt': 'b' });
  expect(() => loadMappings(folder.path)).toThrow(
    `${folder.source('a.json')} names the body file "a.txt", which is not there: it is looked for as ${folder.source('__files/a.txt')}.`,
  );
  const outside = `${folder.source('a.json')} names the body file "../a.json", which is outside of ${folder.source('__files')}.`;
  await folder.write({ 'a.json': mapping('/a', { bodyFileName: '../a.json' }) });
  expect(() => loadMappings(folder.path)).toThrow(outside);
  await folder.write({ 'a.json': mapping('/a', { bodyFileName: 'link' }) });
  await symlink(join(folder.path, 'a.json'), join(folder.path, '__files/link'));
  expect(() => loadMappings(folder.path)).toThrow('which is outside of');
});

test('a file that WireMock refuses is told by its name', async ({ folder, open }) => {
  await folder.write({ 'a.json': mapping('/a'), 'b.json': { request: { urlPathPattern: '/(' }, response: {} } });
  await expect(open(loadMappings(folder.path))).rejects.toThrow(
    `WireMock refused the stub ${folder.source('b.json')}, because of "request": Unclosed group`,
  );
});

test('metadata.expected of a file is a promise', async ({ folder, open }) => {
  await folder.write({ 'a.json': { ...(mapping('/a') as object), metadata: { expected: 1 } } });
  const { verify } = await open(loadMappings(folder.path));
  await expect(verify()).rejects.toThrow(
    `was promised exactly 1 request for a stub, and got no requests:\n  ANY /a of ${folder.source('a.json')}`,
  );
});
