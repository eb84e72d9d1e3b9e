import { expect, test } from 'vitest';
import type { EntityText } from '../entity-text.ts';
import { editReadme } from './readme.ts';

const entity = {
  entity: { kebab: 'note', words: 'note' },
  entities: { kebab: 'notes' },
  fields: [
    { camel: 'title', nullable: false },
    { camel: 'body', nullable: true },
  ],
} as unknown as EntityText;
const rows = [
  '| `GET /notes` | the newest, at most 100; `?limit=` fewer, `?before=` the id of the last one, for the next |',
  '| `POST /notes` | creates, with `title`, `body` if wanted |',
  '| `GET /notes/:id` | reads one note |',
  '| `PUT /notes/:id` | replaces it, with the same fields |',
  '| `DELETE /notes/:id` | deletes it |',
];
const edit = (...lines: string[]) => editReadme('README.md', lines.join('\n'), entity).split('\n');
const table = ['# shop', '', '| route | |', '| --- | --- |', '| `GET /products` | lists |'];
const health = '| `GET /health/live` | for the orchestrator |';

test('routes are added before those of the orchestrator', () => {
  expect(edit(...table, health, '', 'More.')).toEqual([...table, ...rows, health, '', 'More.']);
});

test('or at the end of the table', () => {
  expect(edit(...table, '', 'More.')).toEqual([...table, ...rows, '', 'More.']);
  expect(edit(...table)).toEqual([...table, ...rows, '']);
});

test.each([
  ['no table', ['# shop', '', 'Ours.']],
  ['another table', ['| variable | |', '| --- | --- |', '| `PORT` | |']],
  ['the routes already', [...table, '| `GET /notes` | ours |']],
])('a README with %s is left alone', (_, lines) => {
  expect(edit(...lines)).toEqual(lines);
});

test('the fields of a large entity are not listed', () => {
  const fields = Array.from({ length: 9 }, (_, index) => ({ camel: `field${index}`, nullable: false }));
  const text = editReadme('README.md', table.join('\n'), { ...entity, fields } as unknown as EntityText);
  expect(text).toContain('| creates, with the fields of `src/note-input.ts` |');
});

test('lines end as the others do', () => {
  const text = editReadme('README.md', `${table.join('\r\n')}\r\n`, entity);
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
});
