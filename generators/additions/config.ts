import type { Spellings } from '../engine/answers/names.ts';
import { argumentOf, callOf, declarationOf, inside, returnedBy, variable } from '../engine/edit/places.ts';
import type { SyntaxNode } from '../engine/edit/syntax.ts';
import type { NamedPlace, TypeScriptFile } from '../engine/edit/typescript-file.ts';

const URL_CHECK = `const url = (...protocols: string[]) =>
  z
    .string('is missing')
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), \`is not a URL of \${protocols.join(' or ')}\`);
`;

/** What a service reads from its environment. */
export const variables: NamedPlace = {
  place: inside(declarationOf('variables'), argumentOf(callOf('object'))),
  words: 'call of z.object with the environment variables, to which a constant variables is set',
};

/** What the configuration makes of it. */
export const result: NamedPlace = {
  place: returnedBy('readConfig'),
  words: 'object that readConfig returns at its end',
};

/**
 * Adds checks of values before the variables, and the check of a URL where there is none yet.
 * @throws Failure (conflict) when there are no variables.
 */
export function addChecks(file: TypeScriptFile, ...checks: readonly string[]): void {
  const missing = file.has(variable('url')) ? checks : [URL_CHECK, ...checks];
  if (missing.length > 0) file.addBefore({ ...variables, place: declarationOf('variables') }, missing.join('\n'));
}

/**
 * Adds the URL of something to the configuration: `RATES_URL`, and `ratesUrl` in what is read.
 * @param check code that checks the text: `url('https:')`.
 * @throws Failure (conflict) when the file is not as expected, or has the variable for something else.
 */
export function addUrl(file: TypeScriptFile, { constant, camel }: Spellings, check: string): void {
  file.addMember(variables, `${constant}_URL`, `${constant}_URL: ${check}`);
  file.addMember(result, `${camel}Url`, `${camel}Url: data.${constant}_URL`);
}

const least = { place: variable('least'), words: 'object that least is set to' };

/** What the tests expect of the least that must be configured. */
export const expected: NamedPlace = {
  place: argumentOf(
    callOf('toEqual', ({ callee }) => {
      return callee.type === 'MemberExpression' && callOf('readConfig')([callee.object as SyntaxNode]) !== undefined;
    }),
  ),
  words: 'expectation of what readConfig gives: expect(readConfig(…)).toEqual({…})',
};

/**
 * Adds a URL to the least that must be configured, in the tests.
 * @param url an example of it; without quotes and backslashes.
 * @throws Failure (conflict) when the file is not as expected.
 */
export function addUrlToTest(file: TypeScriptFile, { constant, camel }: Spellings, url: string): void {
  file.addMember(least, `${constant}_URL`, `${constant}_URL: '${url}'`);
  file.addMember(expected, `${camel}Url`, `${camel}Url: least.${constant}_URL`);
}
