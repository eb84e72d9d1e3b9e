import { describe, expect, test } from 'vitest';
import type { Edit } from '../generator.ts';
import type { RenderedFile } from '../make/render.ts';
import { parseBase } from '../record/base-file.ts';
import { diskWith, FOLDER, made, written } from './made.ts';
import { planAddition } from './plan-addition.ts';
import type { Planned } from './planned.ts';

const before = { 'service.ts': 'alone', 'route.ts': 'alone', 'same.ts': 'same' };
const after = { 'service.ts': 'with a database', 'same.ts': 'same', 'database.ts': 'new' };
const RECORD = { '.splitlevel/base/2-fixture.txt': 'create', '.splitlevel/runs/2-fixture.json': 'create' };

function filesOf(texts: Record<string, string>): readonly RenderedFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, content: Buffer.from(text) }));
}

const generated = written(made(before));

/** Makes the folder anew, with what its owner changed in it, or what an earlier run did. */
function plan(present: Record<string, string | undefined>, edits: readonly Edit[] = []) {
  const disk = Object.entries({ ...generated, ...present }).map(([path, text]) => [`${FOLDER}/${path}`, text] as const);
  return planAddition(
    made(after, { generator: 'fixture', answers: { kind: 'postgres' }, edits }),
    { by: 'kind', replaces: filesOf(before) },
    diskWith(Object.fromEntries(disk)),
    (_, files) => files,
  );
}

const fates = (planned: readonly Planned[]) =>
  Object.fromEntries(planned.map(({ path, fate }) => [path.slice(FOLDER.length + 1), fate]));

function texts(planned: readonly Planned[]) {
  return Object.fromEntries(planned.map(({ path, after: text }) => [path.slice(FOLDER.length + 1), text?.toString()]));
}

describe('a folder that is made anew', () => {
  test('has what differs replaced, what is no longer made removed, and nothing else touched', () => {
    const planned = plan({});
    expect(fates(planned)).toEqual({
      'database.ts': 'create',
      'service.ts': 'edit',
      'route.ts': 'remove',
      ...RECORD,
    });
    expect(texts(planned)).toMatchObject({ 'service.ts': 'with a database', 'database.ts': 'new' });
  });

  test('has in its record what was made, edited and removed, as it was generated', () => {
    const edit = { path: `${FOLDER}/own.md`, apply: (text: string) => `${text}, with a database` };
    const base = texts(plan({ 'own.md': 'mine' }, [edit]))['.splitlevel/base/2-fixture.txt'];
    const files = [...(parseBase(base ?? '') ?? [])].map(([path, { fate, content }]) => [path, fate, String(content)]);
    expect(files).toEqual([
      ['database.ts', 'made', 'new'],
      ['route.ts', 'removed', ''],
      ['service.ts', 'edited', 'with a database'],
    ]);
  });

  test('has in its record the edit of what was generated, not of what its owner made of it', () => {
    const edit = { path: `${FOLDER}/same.ts`, apply: (text: string) => `${text}, with a database` };
    const planned = texts(plan({ 'same.ts': 'mine' }, [edit]));
    expect(planned['same.ts']).toBe('mine, with a database');
    const base = parseBase(planned['.splitlevel/base/2-fixture.txt'] ?? '');
    expect(String(base?.get('same.ts')?.content)).toBe('same, with a database');
  });

  test('is left alone by the same run, whatever its owner did since', () => {
    const all = texts(plan({}));
    const again = plan({ ...all, 'service.ts': 'mine', 'same.ts': 'mine', 'route.ts': undefined });
    expect(fates(again)).toEqual({ 'database.ts': 'unchanged', 'service.ts': 'kept' });
  });

  test('keeps what its owner deleted away', () => {
    expect(fates(plan({ 'service.ts': undefined }))).not.toHaveProperty(['service.ts']);
  });

  test('has a file edited that has an edit', () => {
    const edit = { path: `${FOLDER}/service.ts`, apply: (text: string) => `${text}, with a database` };
    expect(texts(plan({ 'service.ts': 'mine' }, [edit]))).toMatchObject({ 'service.ts': 'mine, with a database' });
  });

  test.each(['service.ts', 'route.ts'])('is refused if %s is not as it was made', (path) => {
    expect(() => plan({ [path]: 'mine' })).toThrow(`${FOLDER}/${path} is to be replaced, but is not as it was made`);
  });
});
