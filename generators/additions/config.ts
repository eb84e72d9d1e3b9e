import type { Check } from '../capabilities/capability.ts';
import type { Variable } from '../capabilities/variable.ts';
import { argumentOf, callOf, declarationOf, inside, returnedBy, variable } from '../engine/edit/places.ts';
import type { SyntaxNode } from '../engine/edit/syntax.ts';
import { type NamedPlace, TypeScriptFile } from '../engine/edit/typescript-file.ts';

/** An addition to a configuration. */
export interface Configured {
  readonly checks: readonly Check[];
  readonly variables: readonly Variable[];
}

/** The variables that a service reads from its environment. */
const variables: NamedPlace = {
  place: inside(declarationOf('variables'), argumentOf(callOf('object'))),
  words: 'call of z.object with the environment variables, to which a constant variables is set',
};

/** Its form in the configuration. */
const result: NamedPlace = {
  place: returnedBy('readConfig'),
  words: 'object that readConfig returns at its end',
};

/**
 * Adds variables to the configuration, with the checks of values that they use. One that has a default may be there
 * already, set to whatever it is.
 * @throws {Failure} (conflict) when the file is not as expected, or has a variable that must be set for something else.
 */
export function editConfig(path: string, text: string, { checks, variables: added }: Configured): string {
  const file = new TypeScriptFile(path, text);
  const missing = checks.filter(({ name }) => !file.has(variable(name)));
  if (missing.length > 0) {
    const code = missing.map((check) => `${check.code}\n`).join('\n');
    file.addBefore({ ...variables, place: declarationOf('variables') }, code);
  }
  for (const each of added) {
    const { name, property, check, value, comment } = each;
    const documented = comment === '' ? '' : `/** ${comment} */\n`;
    add(file, each, variables, name, `${name}: ${check}`);
    add(file, each, result, property, `${documented}${property}: ${value}`);
  }
  return file.text;
}

const least = { place: variable('least'), words: 'object that least is set to' };

/** The configuration that tests expect from the required variables alone. */
const expected: NamedPlace = {
  place: argumentOf(
    callOf('toEqual', ({ callee }) => {
      return callee.type === 'MemberExpression' && callOf('readConfig')([callee.object as SyntaxNode]) !== undefined;
    }),
  ),
  words: 'expectation of what readConfig gives: expect(readConfig(…)).toEqual({…})',
};

/**
 * Adds variables to the least that must be configured and to what comes of it, in the tests of the configuration.
 * @throws {Failure} (conflict) when the file is not as expected.
 */
export function editConfigTest(path: string, text: string, { variables: added }: Configured): string {
  const file = new TypeScriptFile(path, text);
  for (const each of added) {
    const { name, property, example, expected: value } = each;
    if (example !== '') {
      file.addMember(least, name, `${name}: '${example}'`);
    }
    add(file, each, expected, property, `${property}: ${value}`);
  }
  return file.text;
}

function add(file: TypeScriptFile, { example }: Variable, at: NamedPlace, name: string, member: string): void {
  if (example === '') {
    file.ensureMember(at, name, member);
  } else {
    file.addMember(at, name, member);
  }
}
