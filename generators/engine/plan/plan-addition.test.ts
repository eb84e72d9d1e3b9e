import { describe, expect, test } from 'vitest';
import type { Edit } from '../generator.ts';
import { completeRecord, draftRecord, parseRecord, RECORD_FILE } from '../make/record.ts';
import type { RenderedFile } from '../make/render.ts';
import { planAddition } from './plan-addition.ts';
import type { Planned } from './planned.ts';

const FOLDER = 'packages/orders';
const before = { 'service.ts': 'alone', 'route.ts': 'alone', 'same.ts': 'same' };
const after = { 'service.ts': 'with a database', 'same.ts': 'same', 'database.ts': 'new' };

function filesOf(texts: Record<string, string>): readonly RenderedFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text) }));
}

function made(generator: string, texts: Record<string, string>): readonly RenderedFile[] {
  const files = filesOf(texts);
  const answers = { kind: 'postgres' };
  return completeRecord([draftRecord({ generator, version: '1.0.0', answers }, files), ...files]);
}

const generated = Object.fromEntries(made('service', before).map(({ path, content }) => [path, String(content)]));

/** Makes the folder anew, with what its owner changed in it, or what an earlier run did. */
function plan(present: Record<string, string | undefined>, edits: readonly Edit[] = []) {
  const disk: Record<string, string | undefined> = { ...generated, ...present };
  const at = (path: string) => disk[path.slice(FOLDER.length + 1)];
  return planAddition(
    { folder: FOLDER, layers: [], edits },
    { by: 'kind', replaces: filesOf(before) },
    made('fixture', after),
    {
      exists: (path) => at(path) !== undefined,
      read: (path) => (at(path) === undefined ? undefined : Buffer.from(at(path) ?? '')),
    },
    (_, files) => files,
  );
}

const fates = (planned: readonly Planned[]) =>
  Object.fromEntries(planned.map(({ path, fate }) => [path.slice(FOLDER.length + 1), fate]));

function written(planned: readonly Planned[]) {
  return Object.fromEntries(planned.map(({ path, after: text }) => [path.slice(FOLDER.length + 1), text?.toString()]));
}

describe('a folder that is made anew', () => {
  test('has what differs replaced, what is no longer made removed, and nothing else touched', () => {
    const planned = plan({});
    expect(fates(planned)).toEqual({
      'database.ts': 'create',
      'service.ts': 'edit',
      'route.ts': 'remove',
      [RECORD_FILE]: 'edit',
    });
    expect(written(planned)).toMatchObject({ 'service.ts': 'with a database', 'database.ts': 'new' });
  });

  test('has in its record what was made, and what was edited or removed', () => {
    const record = parseRecord(written(plan({}))[RECORD_FILE] ?? '');
    expect(record?.additions).toMatchObject([{ generator: 'fixture', edits: ['route.ts', 'service.ts'] }]);
    expect(Object.keys(record?.additions?.[0]?.files ?? {}).toSorted()).toEqual(['database.ts', 'service.ts']);
  });

  test('is left alone by the same run, whatever its owner did since', () => {
    const all = written(plan({}));
    const again = plan({ ...all, 'service.ts': 'mine', 'same.ts': 'mine', 'route.ts': undefined });
    expect(fates(again)).toEqual({ 'database.ts': 'unchanged', 'service.ts': 'kept' });
  });

  test('keeps what its owner deleted away', () => {
    expect(fates(plan({ 'service.ts': undefined }))).not.toHaveProperty(['service.ts']);
  });

  test('has a file edited that has an edit', () => {
    const edit = { path: `${FOLDER}/service.ts`, apply: (text: string) => `${text}, with a database` };
    expect(written(plan({ 'service.ts': 'mine' }, [edit]))).toMatchObject({ 'service.ts': 'mine, with a database' });
  });

  test.each(['service.ts', 'route.ts'])('is refused if %s is not as it was made', (path) => {
    expect(() => plan({ [path]: 'mine' })).toThrow(`${FOLDER}/${path} is to be replaced, but is not as it was made`);
  });
});
