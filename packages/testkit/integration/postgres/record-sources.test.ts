import { AsyncResource } from 'node:async_hooks';
import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
