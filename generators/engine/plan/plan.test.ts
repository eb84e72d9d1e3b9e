import { describe, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import type { Edit } from '../generator.ts';
import { completeRecord, draftRecord } from '../make/record.ts';
import type { RenderedFile } from '../make/render.ts';
import { planFiles } from './plan.ts';

const FOLDER = 'packages/orders';

function made(texts: Record<string, string>, answers: Record<string, unknown> = { name: 'orders' }, version = '1.0.0') {
  const files = Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  return completeRecord([draftRecord({ generator: 'service', version, answers }, files), ...files]);
}

function plan(files: readonly RenderedFile[], disk: Record<string, string | Buffer>, edits: readonly Edit[] = []) {
  return planFiles({ folder: FOLDER, layers: [], edits }, files, {
    exists: (path) => Object.keys(disk).some((each) => each === path || each.startsWith(`${path}/`)),
    read: (path) => (disk[path] === undefined ? undefined : Buffer.from(disk[path])),
  });
}

function onDisk(
  files: readonly RenderedFile[],
  changes: Record<string, string | undefined> = {},
): Record<string, Buffer> {
  const disk = new Map(files.map(({ path, content }) => [`${FOLDER}/${path}`, content]));
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) {
      disk.delete(`${FOLDER}/${path}`);
    } else {
      disk.set(`${FOLDER}/${path}`, Buffer.from(text));
    }
  }
  return Object.fromEntries(disk);
}

const fates = (planned: ReturnType<typeof plan>) =>
  Object.fromEntries(planned.map(({ path, fate }) => [path.replace(`${FOLDER}/`, ''), fate]));

test('where nothing is, everything is created', () => {
  const planned = plan(made({ 'a.ts': 'a' }), {});
  expect(fates(planned)).toEqual({ '.splitlevel.json': 'create', 'a.ts': 'create' });
  expect(planned.every(({ before }) => before === undefined)).toBe(true);
});

describe('the same answers again', () => {
  const files = made({ 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' });

  test('leave everything as it is', () => {
    expect(new Set(Object.values(fates(plan(files, onDisk(files)))))).toEqual(new Set(['unchanged']));
  });

  test('keep what the owner edited, deleted or added', () => {
    const disk = onDisk(files, { 'a.ts': 'mine', 'b.ts': undefined, 'mine.ts': 'x' });
    expect(fates(plan(files, disk))).toEqual({
      '.splitlevel.json': 'unchanged',
      'a.ts': 'kept',
      'b.ts': 'kept',
      'c.ts': 'unchanged',
    });
  });

  test('with a newer version that makes the same', () => {
    const newer = made({ 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' }, { name: 'orders' }, '2.0.0');
    expect(new Set(Object.values(fates(plan(newer, onDisk(files)))))).toEqual(new Set(['unchanged']));
  });

  test('with a newer version whose change the owner has made already', () => {
    const newer = made({ 'a.ts': 'new', 'b.ts': 'b', 'c.ts': 'c' }, { name: 'orders' }, '2.0.0');
    expect(fates(plan(newer, onDisk(files, { 'a.ts': 'new' })))).toMatchObject({ 'a.ts': 'unchanged' });
  });
});

describe('conflicts say what differs', () => {
  const files = made({ 'a.ts': 'a', 'b.ts': 'b' });

  function conflict(attempt: () => unknown): string {
    try {
      attempt();
    } catch (error) {
      expect((error as Failure).exitCode).toBe(3);
      return (error as Failure).message;
    }
    throw new Failure(1, 'There was no conflict');
  }

  test('another answer', () => {
    const other = made({ 'a.ts': 'a', 'b.ts': 'b' }, { name: 'orders', port: 3000, upstream: ['rates'] });
    expect(conflict(() => plan(other, onDisk(files)))).toBe(
      'packages/orders was made from other answers: port was none and is now 3000; upstream was none and is now ["rates"]',
    );
  });

  test('a folder that no generator made', () => {
    expect(conflict(() => plan(files, { 'packages/orders/x': '' }))).toBe(
      'packages/orders exists and was not made by a generator: it has no .splitlevel.json',
    );
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"generator": "service"}',
    '{"generator":1,"version":"","answers":{},"files":{}}',
  ])('a record that is none: %s', (record) => {
    expect(conflict(() => plan(files, onDisk(files, { '.splitlevel.json': record })))).toBe(
      'packages/orders/.splitlevel.json is not a record of a generator',
    );
  });

  test('a newer version that makes other files', () => {
    const newer = made({ 'a.ts': 'new', 'c.ts': 'c' }, { name: 'orders' }, '2.0.0');
    expect(conflict(() => plan(newer, onDisk(files)))).toBe(
      "packages/orders was made by version 1.0.0 of service; today's 2.0.0 makes other files: a.ts, b.ts, c.ts",
    );
  });
});

describe('edits of shared files', () => {
  const edits = [{ path: 'list.json', apply: (text: string) => text.replace('[]', '["orders"]') }];

  test('are planned with what is there before and after', () => {
    const edit = plan(made({ 'a.ts': 'a' }), { 'list.json': '[]' }, edits).at(-1);
    expect(edit).toMatchObject({ path: 'list.json', fate: 'edit' });
    expect([edit?.before?.toString(), edit?.after?.toString()]).toEqual(['[]', '["orders"]']);
  });

  test('that change nothing are not edits', () => {
    expect(plan(made({ 'a.ts': 'a' }), { 'list.json': '["orders"]' }, edits).at(-1)).toMatchObject({
      fate: 'unchanged',
    });
  });

  test('of a file that is not there are a conflict', () => {
    expect(() => plan(made({ 'a.ts': 'a' }), {}, edits)).toThrow('list.json is to be edited, but is not there');
  });
});
