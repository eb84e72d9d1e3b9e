import type { EntityText } from '../entity-text.ts';

/** A table whose first column is headed `route`, with its rows. */
const TABLE = /^\|\s*route\s*\|.*\r?\n\|[\s:|-]+\|[ \t]*\r?\n(?:\|.*(?:\r?\n|$))*/m;
/** A longer list is better read where it stands. */
const MOST_NAMED = 8;

const HEALTH = /^\|.*\/health\/.*$/m;

/** Adds the routes to the table of routes, before those of the orchestrator; a README without one stays as it is. */
export function editReadme(_path: string, text: string, { entity, entities, fields }: EntityText): string {
  const table = TABLE.exec(text);
  if (table === null || table[0].includes(`/${entities.kebab}\``)) return text;
  const end = table.index + table[0].length;
  const health = HEALTH.exec(table[0]);
  const place = health === null ? end : table.index + health.index;
  const each = fields.map(({ camel, nullable }) => (nullable ? `\`${camel}\` if wanted` : `\`${camel}\``)).join(', ');
  const names = fields.length > MOST_NAMED ? `the fields of \`src/${entity.kebab}-input.ts\`` : each;
  const rows = [
    [
      `GET /${entities.kebab}`,
      'the newest, at most 100; `?limit=` fewer, `?before=` the id of the last one, for the next',
    ],
    [`POST /${entities.kebab}`, `creates, with ${names}`],
    [`GET /${entities.kebab}/:id`, `reads one ${entity.words}`],
    [`PUT /${entities.kebab}/:id`, 'replaces it, with the same fields'],
    [`DELETE /${entities.kebab}/:id`, 'deletes it'],
  ];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text[place - 1] === '\n' ? '' : newline;
  const lines = rows.map(([route, does]) => `| \`${route}\` | ${does} |${newline}`).join('');
  return text.slice(0, place) + gap + lines + text.slice(place);
}
