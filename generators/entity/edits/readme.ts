import { addRoutes } from '../../additions/readme.ts';
import type { EntityText } from '../entity-text.ts';

/** A longer list is better read where it stands. */
const MOST_NAMED = 8;

/** Adds the routes to the table of routes, before those of the orchestrator; a README without one stays as it is. */
export function editReadme(_path: string, text: string, { entity, entities, fields }: EntityText): string {
  if (new RegExp(`^\\|.*/${entities.kebab}\``, 'm').test(text)) {
    return text;
  }
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
  const lines = rows.map(([route, does]) => `| \`${route}\` | ${does} |`);
  return addRoutes(text, lines);
}
