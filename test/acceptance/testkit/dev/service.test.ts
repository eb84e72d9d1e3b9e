import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RunningService } from '../../../../packages/testkit/src/dev/service.ts';

let root: string;
let url: string;
let service: RunningService | undefined;
let ends: string[];
let isOutdated: boolean;

const MAIN = `import { createServer } from 'node:http';
import { word } from '@try/words';
import { answer } from './answer.ts';

createServer((_request, response) => response.end(answer + word)).listen(Number(process.env.PORT), '127.0.0.1');
`;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-service-')));
  ends = [];
  isOutdated = false;
  const words = { name: '@try/words', type: 'module', exports: './src/index.ts' };
  await write('packages/words/package.json', JSON.stringify(words));
  await write('packages/words/src/index.ts', "export const word = '';\n");
  await write('packages/orders/package.json', '{ "type": "module", "dependencies": { "@try/words": "*" } }');
  await write('packages/orders/src/main.ts', MAIN);
  await write('packages/orders/src/answer.ts', answer('one'));
  await mkdir(join(root, 'node_modules/@try'), { recursive: true });
  await symlink('../../packages/words', join(root, 'node_modules/@try/words'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  service = new RunningService(
    join(root, 'packages/orders'),
    { ...process.env, PORT: `${port}`, NODE_OPTIONS: '' },
    { line: () => {}, listening: () => {}, ended: (how) => void ends.push(how), isOutdated: () => isOutdated },
  );
  await service.ready(url);
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
  await rm(root, { recursive: true });
});

const answer = (text: string) => `export const answer = '${text}';\n`;

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** Replaces a file by another one, as editors and generators do. */
async function replace(path: string, text: string): Promise<void> {
  await write(`${path}.new`, text);
  await rename(join(root, `${path}.new`), join(root, path));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await vi.waitUntil(() => probe.listening);
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const answers = (text: string) =>
  vi.waitFor(async () => expect(await (await fetch(url)).text()).toBe(text), { timeout: 10_000, interval: 50 });

test('a source file is followed after it was replaced by a rename, and a broken save waits for the next good one', async () => {
  await replace('packages/orders/src/answer.ts', answer('two'));
  await answers('two');
  await write('packages/orders/src/answer.ts', answer('three'));
  await answers('three');
  expect(ends).toEqual([]);

  await write('packages/orders/src/answer.ts', 'syntax error(');
  await vi.waitFor(() => expect(ends).toEqual(['with code 1']), 10_000);
  await replace('packages/orders/src/answer.ts', answer('four'));
  await answers('four');
});

test('the source of a package of the workspace that the service depends on is followed', async () => {
  await write('packages/words/src/index.ts', "export const word = '!';\n");
  await answers('one!');
});

test('tests, and what editors leave beside a file, do not start it again', async () => {
  await write('packages/orders/src/answer.ts', 'export const answer = String(process.pid);\n');
  await vi.waitFor(async () => expect(await (await fetch(url)).text()).toMatch(/^\d+$/), 10_000);
  const before = await (await fetch(url)).text();
  for (const name of ['answer.test.ts', '.answer.ts.swp', 'answer.ts~']) {
    await write(`packages/orders/src/${name}`, 'syntax error(');
  }
  await sleep(1500);
  await answers(before);
  expect(ends).toEqual([]);
});

test('a change of its source waits while its environment is about to be another', async () => {
  isOutdated = true;
  await write('packages/orders/src/answer.ts', answer('two'));
  await sleep(1500);
  await answers('one');
  isOutdated = false;
  await service?.resume();
  await answers('two');
  await service?.resume();
  await answers('two');
  expect(ends).toEqual([]);
});

test('it is ready as soon as its source is mended, where it ended at its start', async () => {
  await service?.stop();
  await write('packages/orders/src/answer.ts', 'syntax error(');
  service = new RunningService(
    join(root, 'packages/orders'),
    { ...process.env, PORT: new URL(url).port, NODE_OPTIONS: '' },
    { line: () => {}, listening: () => {}, ended: (how) => void ends.push(how), isOutdated: () => isOutdated },
  );
  const ready = service.ready(url);
  await vi.waitFor(() => expect(ends).toEqual(['with code 1']), 10_000);
  await write('packages/orders/src/answer.ts', answer('mended'));
  await ready;
  await answers('mended');
});
