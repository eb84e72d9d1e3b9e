import type { Capability } from '../capabilities/capability.ts';
import type { Variable } from '../capabilities/variable.ts';
import type { Spellings } from '../engine/answers/names.ts';
import type { Import } from '../engine/edit/imports.ts';
import { argumentOf, callOf, patternOf, resultOf, variable } from '../engine/edit/places.ts';
import { type NamedPlace, TypeScriptFile } from '../engine/edit/typescript-file.ts';
import { EXIT, Failure } from '../engine/failure.ts';

/** The servers and upstreams that a package runs against. */
export const needs: NamedPlace = { place: variable('needs'), words: 'object that needs is set to' };

/**
 * Adds a need to what the package runs against.
 * @param imports the names that its declaration takes.
 * @throws {Failure} (conflict) when the file is not as expected, or the key or a name is taken by something else.
 */
export function editNeeds(
  path: string,
  text: string,
  { key: { camel }, need, needs: details }: Pick<Capability, 'key' | 'need' | 'needs'>,
  imports: readonly Import[] = [],
): string {
  const file = new TypeScriptFile(path, text);
  for (const each of [{ name: need, from: '@splitlevel/testkit/needs' }, ...imports]) {
    file.addImport(each);
  }
  file.addMember(needs, camel, `${camel}: ${need}(${details})`);
  return file.text;
}

const fixture = (name: string) =>
  callOf('extend', ({ arguments: [first] }) => first?.type === 'StringLiteral' && first.value === name);
const environment = argumentOf(fixture('environment'), 1);
const words = "function that makes an object of the needs: .extend('environment', ({ … }) => ({ … }))";

/**
 * Adds a need to the environment that tests start the service with: the variables that tests set.
 * @throws {Failure} (conflict) when there is a fixture of the need's name.
 */
export function editFixtures(path: string, text: string, { camel }: Spellings, variables: readonly Variable[]): string {
  const file = new TypeScriptFile(path, text);
  refuseFixture(file, path, camel);
  if (file.has(patternOf(environment))) {
    file.addMember({ place: patternOf(environment), words }, camel, camel);
  } else {
    file.addArgument({ place: environment, words }, `{ ${camel} }`);
  }
  for (const { name, inTests, testsBecause } of variables) {
    const reason = testsBecause === '' ? '' : `// ${testsBecause}\n`;
    if (inTests !== '') {
      file.addMember({ place: resultOf(environment), words }, name, `${reason}${name}: ${inTests}`);
    }
  }
  return file.text;
}

/** @throws {Failure} (conflict) when there is a fixture of the need's name, which would hide the need's own. */
export function refuseFixture(file: TypeScriptFile, path: string, name: string): void {
  if (file.has(fixture(name))) {
    throw new Failure(
      EXIT.conflict,
      `${path} has a fixture ${name} already`,
      'Choose another name, or rename that fixture.',
    );
  }
}
