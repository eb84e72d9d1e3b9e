import { EXIT, Failure } from '../../engine/failure.ts';
import type { Spellings } from '../../engine/names.ts';
import { argumentOf, callOf, patternOf, resultOf, variable } from '../../engine/structures/places.ts';
import { TypeScriptFile } from '../../engine/structures/typescript-file.ts';

const needs = { place: variable('needs'), words: 'object that needs is set to' };

/** Adds the upstream to what the package runs against. */
export function editNeeds(path: string, text: string, { camel, kebab }: Spellings, scope: string): string {
  const file = new TypeScriptFile(path, text);
  file.addImport({ name: 'upstream', from: `${scope}/testkit/needs` });
  file.addMember(needs, camel, `${camel}: upstream('${kebab}')`);
  return file.text;
}

const fixture = (name: string) =>
  callOf('extend', ({ arguments: [first] }) => first?.type === 'StringLiteral' && first.value === name);
const environment = argumentOf(fixture('environment'), 1);
const words = "function that makes an object of the needs: .extend('environment', ({ … }) => ({ … }))";

/**
 * Adds the upstream's URL to the environment that tests start the service with.
 * @throws Failure (conflict) when there is a fixture of the upstream's name.
 */
export function editFixtures(path: string, text: string, { camel, constant }: Spellings): string {
  const file = new TypeScriptFile(path, text);
  if (file.has(fixture(camel))) {
    throw new Failure(EXIT.conflict, `${path} has a fixture ${camel} already`, 'Choose another name.');
  }
  if (file.has(patternOf(environment))) {
    file.addMember({ place: patternOf(environment), words }, camel, camel);
  } else {
    file.addArgument({ place: environment, words }, `{ ${camel} }`);
  }
  file.addMember({ place: resultOf(environment), words }, `${constant}_URL`, `${constant}_URL: ${camel}.url`);
  return file.text;
}
