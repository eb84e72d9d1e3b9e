import { AsyncResource } from 'node:async_hooks';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { recordSources } from '../../src/kinds/postgres/templates/sources/record-sources.ts';
import { isCurrent } from '../../src/kinds/postgres/templates/sources/source-list.ts';

/** Longer than the file system's clock ticks. */
const TICK = 50;

test.each(['real', 'faked'])(
  'a source that another process changes meanwhile is not settled: %s clock',
  async (clock) => {
    const folder = await mkdtemp(join(tmpdir(), 'testkit-recorded-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'table.sql');
    await writeFile(file, 'CREATE TABLE one (id int)');
    const change = AsyncResource.bind(() => writeFileSync(file, 'CREATE TABLE one (id int, label text)'));
    if (clock === 'faked') {
      vi.useFakeTimers({ now: new Date('2126-01-01'), toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
    }
    const { sources } = await recordSources({ declaredIn: [], package: folder, isKnown: () => false }, async () => {
      await readFile(file);
      await sleep(TICK);
      change();
    });
    expect(Object.keys(sources)).toContain(file);
    expect(isCurrent(sources)).toBe(false);
  },
);

test('the files of a module stand for those that it read while it was loaded', async () => {
  const root = await mkdtemp(join(tmpdir(), 'testkit-recorded-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const write = async (path: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), path.endsWith('.json') ? '{}' : '');
    return join(root, path);
  };
  const modules = ['shop/integration/needs.ts', 'tools/roles.ts', 'first.ts', 'node_modules/npm-schema/index.js'];
  const declaredIn = await Promise.all(modules.map(write));
  const manifests = ['package.json', 'shop/package.json', 'node_modules/npm-schema/package.json'];
  await Promise.all(manifests.map(write));
  const beside = ['shop/sql/a.sql', 'tools/sql/b.sql', 'orders/c.sql', 'node_modules/npm-schema/d.sql'];
  const [own, tools, orders, npm] = await Promise.all(beside.map(write));
  const written = join(root, 'shop/runs.log');
  await sleep(TICK);

  const { sources } = await recordSources({ declaredIn, package: join(root, 'shop'), isKnown: () => false }, async () =>
    writeFile(written, ''),
  );

  expect(Object.keys(sources)).toEqual(expect.arrayContaining([own, tools]));
  for (const path of [orders, npm, written]) {
    expect(Object.keys(sources)).not.toContain(path);
  }
  expect(isCurrent(sources)).toBe(true);
});
