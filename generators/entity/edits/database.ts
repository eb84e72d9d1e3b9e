import { interfaceBody } from '../../engine/edit/places.ts';
import { TypeScriptFile } from '../../engine/edit/typescript-file.ts';
import type { EntityText } from '../entity-text.ts';

/** Adds the table to Kysely's schema. */
export function editDatabase(path: string, text: string, { entities, fields, idType }: EntityText): string {
  const file = new TypeScriptFile(path, text);
  const columns = fields.map(({ snake, schema }) => `  ${snake}: ${schema};\n`).join('');
  if (columns.includes('ColumnType<')) {
    file.addImport({ name: 'ColumnType', from: 'kysely', type: true });
  }
  if (idType.startsWith('Generated<')) {
    file.addImport({ name: 'Generated', from: 'kysely', type: true });
  }
  if (/\bJson\b/.test(columns)) {
    file.addImport({ name: 'Json', from: './checks/json.ts', type: true });
  }
  const schema = { place: interfaceBody('Schema'), words: 'interface Schema with the tables' };
  file.addMember(schema, entities.snake, `${entities.snake}: {\n  id: ${idType};\n${columns}}`);
  return file.text;
}
