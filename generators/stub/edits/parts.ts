import type { Part, Route } from '../../capabilities/capability.ts';
import type { Import } from '../../engine/edit/imports.ts';
import {
  bodyOf,
  callOf,
  declarationOf,
  functionType,
  inside,
  interfaceBody,
  loopOver,
  variable,
} from '../../engine/edit/places.ts';
import { TypeScriptFile } from '../../engine/edit/typescript-file.ts';

/** Adds the client to what routes work with. */
export function editParts(path: string, text: string, { name, type, from }: Part): string {
  const file = new TypeScriptFile(path, text);
  file.addImport({ name: type, from, type: true });
  const parts = { place: interfaceBody('Parts'), words: 'interface Parts' };
  file.addMember(parts, name, `readonly ${name}: ${type}`);
  return file.text;
}

const parts = inside(bodyOf('createService'), variable('parts'));
const loop = inside(bodyOf('createService'), loopOver('routes'));

/** Adds the client to the parts that the service makes; a service that has none yet hands them to its routes from now on. */
export function editService(path: string, text: string, { name, member }: Part, maker: Import): string {
  const file = new TypeScriptFile(path, text);
  file.addImport(maker);
  if (file.has(parts) || !file.has(loop)) {
    file.addMember({ place: parts, words: 'object that parts is set to in createService' }, name, member);
    return file.text;
  }
  const words = 'loop that hands the server to each of the routes in createService';
  file.addBefore({ place: loop, words }, `const parts = {\n  ${member},\n};`);
  file.addArgument({ place: inside(loop, callOf('route')), words }, 'parts');
  return file.text;
}

/** Lets routes take the parts, where they take only the server. */
export function editRoutes(path: string, text: string): string {
  const file = new TypeScriptFile(path, text);
  file.addImport({ name: 'Parts', from: '../parts.ts', type: true });
  const words = 'type of the routes, with a function that takes the server';
  file.addArgument({ place: inside(declarationOf('routes'), functionType()), words }, 'parts: Parts');
  return file.text;
}

/** Adds the routes that use the upstream to the list. */
export function addRoutes(path: string, text: string, routes: readonly Route[]): string {
  const file = new TypeScriptFile(path, text);
  const list = { place: variable('routes'), words: 'array that routes is set to' };
  for (const { name, from } of routes) {
    file.addImport({ name, from });
    file.addMember(list, name, name);
  }
  return file.text;
}
