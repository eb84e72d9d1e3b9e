import { missingStructure } from '../../engine/edit/missing-structure.ts';
import { bodyOf, inside, interfaceBody, variable } from '../../engine/edit/places.ts';
import { TypeScriptFile } from '../../engine/edit/typescript-file.ts';
import type { EntityText } from '../entity-text.ts';

/** Adds the repository to what routes work with. */
export function editParts(path: string, text: string, { entity: { camel, pascal, kebab } }: EntityText): string {
  const file = new TypeScriptFile(path, text);
  file.addImport({ name: `${pascal}Repository`, from: `./${kebab}-repository.ts`, type: true });
  const parts = { place: interfaceBody('Parts'), words: 'interface Parts' };
  file.addMember(parts, `${camel}Repository`, `readonly ${camel}Repository: ${pascal}Repository`);
  return file.text;
}

const ofService = (name: string) => inside(bodyOf('createService'), variable(name));

/** Adds the repository to the parts that the service makes. */
export function editService(path: string, text: string, { entity: { camel, pascal, kebab } }: EntityText): string {
  const file = new TypeScriptFile(path, text);
  const member = `${camel}Repository: new ${pascal}Repository(database)`;
  if (!file.has(ofService('database'))) {
    throw missingStructure(path, 'variable database in createService', member);
  }
  file.addImport({ name: `${pascal}Repository`, from: `./${kebab}-repository.ts` });
  const parts = { place: ofService('parts'), words: 'object that parts is set to in createService' };
  file.addMember(parts, `${camel}Repository`, member);
  return file.text;
}
