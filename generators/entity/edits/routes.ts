import { variable } from '../../engine/edit/places.ts';
import { TypeScriptFile } from '../../engine/edit/typescript-file.ts';
import type { EntityText } from '../entity-text.ts';

/** Adds the routes of the entity to the list. */
export function editRoutes(path: string, text: string, { entity, entities }: EntityText): string {
  const file = new TypeScriptFile(path, text);
  const routes = [
    [`list${entities.pascal}`, `list-${entities.kebab}`],
    ...['create', 'read', 'replace', 'delete'].map((verb) => [`${verb}${entity.pascal}`, `${verb}-${entity.kebab}`]),
  ] as const;
  for (const [name = '', module] of routes) {
    file.addImport({ name, from: `./${module}.ts` });
    file.addMember({ place: variable('routes'), words: 'array that routes is set to' }, name, name);
  }
  return file.text;
}
