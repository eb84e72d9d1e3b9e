import { describe, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { diskWith, FOLDER, made, written } from './made.ts';
import { planFiles } from './plan.ts';

const RECORD = '.splitlevel/runs/1-service.json';

function plan(what: ReturnType<typeof made>, disk: Record<string, string>) {
  return planFiles(what, diskWith(disk));
}

function onDisk(
  what: ReturnType<typeof made>,
  changes: Record<string, string | undefined> = {},
): Record<string, string> {
  const files = Object.entries({ ...written(what), ...changes }).filter(([, text]) => text !== undefined);
  return Object.fromEntries(files.map(([path, text]) => [`${FOLDER}/${path}`, text as string]));
}

const fates = (planned: ReturnType<typeof plan>) =>
  Object.fromEntries(planned.map(({ path, fate }) => [path.replace(`${FOLDER}/`, ''), fate]));

test('where nothing is, everything is created', () => {
  const planned = plan(made({ 'a.ts': 'a' }), {});
  expect(fates(planned)).toEqual({
    'a.ts': 'create',
    '.splitlevel/base/1-service.txt': 'create',
    [RECORD]: 'create',
  });
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
      'a.ts': 'kept',
      'b.ts': 'kept',
      'c.ts': 'unchanged',
    });
  });

  test('with a newer version that makes the same', () => {
    const newer = made({ 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' }, { version: '2.0.0' });
    expect(new Set(Object.values(fates(plan(newer, onDisk(files)))))).toEqual(new Set(['unchanged']));
  });

  test('with a newer version whose change the owner has made already', () => {
    const newer = made({ 'a.ts': 'new', 'b.ts': 'b', 'c.ts': 'c' }, { version: '2.0.0' });
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
    const other = made({ 'a.ts': 'a', 'b.ts': 'b' }, { answers: { name: 'orders', port: 3000, upstream: ['rates'] } });
    expect(conflict(() => plan(other, onDisk(files)))).toBe(
      'packages/orders was made from other answers: port was none and is now 3000; upstream was none and is now ["rates"]',
    );
  });

  test('a folder that no generator made', () => {
    expect(conflict(() => plan(files, { 'packages/orders/x': '' }))).toBe(
      'packages/orders exists and was not made by a generator: it has no .splitlevel/runs',
    );
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"generator": "service"}',
    '{"generator":1,"version":"","templates":"","answers":{},"after":[]}',
    '{"generator":"service","version":"","templates":"","answers":{},"after":[1]}',
  ])('a record that is none: %s', (record) => {
    expect(conflict(() => plan(files, onDisk(files, { [RECORD]: record })))).toBe(
      `packages/orders/${RECORD} is not a record of a generator`,
    );
  });

  test.each([['no line'], ['a.ts\t*\t'], ['a.ts\t+\tnot compressed'], ['a.ts\t-\t\na.ts\t-\t']])(
    'a base that is none: %s',
    (text) => {
      const base = '.splitlevel/base/1-service.txt';
      expect(conflict(() => plan(files, onDisk(files, { [base]: text })))).toBe(
        `packages/orders/${base} is not a record of a generator`,
      );
    },
  );

  test('a newer version that makes other files', () => {
    const newer = made({ 'a.ts': 'new', 'c.ts': 'c' }, { version: '2.0.0' });
    expect(conflict(() => plan(newer, onDisk(files)))).toBe(
      "packages/orders was made by version 1.0.0 of service; today's 2.0.0 makes other files: a.ts, b.ts, c.ts",
    );
  });
});

describe('edits of shared files', () => {
  const edits = [{ path: 'list.json', apply: (text: string) => text.replace('[]', '["orders"]') }];

  test('are planned with what is there before and after', () => {
    const edit = plan(made({ 'a.ts': 'a' }, { edits }), { 'list.json': '[]' }).at(-1);
    expect(edit).toMatchObject({ path: 'list.json', fate: 'edit' });
    expect([edit?.before?.toString(), edit?.after?.toString()]).toEqual(['[]', '["orders"]']);
  });

  test('that change nothing are not edits', () => {
    expect(plan(made({ 'a.ts': 'a' }, { edits }), { 'list.json': '["orders"]' }).at(-1)).toMatchObject({
      fate: 'unchanged',
    });
  });

  test('of a file that is not there are a conflict', () => {
    expect(() => plan(made({ 'a.ts': 'a' }, { edits }), {})).toThrow('list.json is to be edited, but is not there');
  });
});
