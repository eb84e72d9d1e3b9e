import type { Spellings } from '../../engine/names.ts';
import { argumentOf, callOf, declarationOf, inside, returnedBy, variable } from '../../engine/structures/places.ts';
import type { SyntaxNode } from '../../engine/structures/syntax.ts';
import { TypeScriptFile } from '../../engine/structures/typescript-file.ts';

const URL_CHECK = `const url = (...protocols: string[]) =>
  z
    .string('is missing')
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), \`is not a URL of \${protocols.join(' or ')}\`);
`;

const UPSTREAM_URL_CHECK = `const upstreamUrl = url('http:', 'https:').refine((text) => {
  const { username, password, search, hash } = URL.parse(text) ?? {};
  return !username && !password && !search && !hash;
}, 'holds more than a host and a path: a user name, a password, a query or a fragment');
`;

const variables = {
  place: inside(declarationOf('variables'), argumentOf(callOf('object'))),
  words: 'call of z.object with the environment variables, to which a constant variables is set',
};
const result = { place: returnedBy('readConfig'), words: 'object that readConfig returns at its end' };

/** Adds the upstream's URL to the configuration, and what upstreams have in common where it is the first. */
export function editConfig(path: string, text: string, { constant, camel }: Spellings): string {
  const file = new TypeScriptFile(path, text);
  if (!file.has(variable('upstreamUrl'))) {
    const checks = file.has(variable('url')) ? UPSTREAM_URL_CHECK : `${URL_CHECK}\n${UPSTREAM_URL_CHECK}`;
    file.addBefore({ ...variables, place: declarationOf('variables') }, checks);
  }
  file.addMember(variables, `${constant}_URL`, `${constant}_URL: upstreamUrl`);
  file.ensureMember(variables, 'UPSTREAM_TIMEOUT_MS', 'UPSTREAM_TIMEOUT_MS: wholeNumber(1, 600_000).default(2000)');
  file.addMember(result, `${camel}Url`, `${camel}Url: data.${constant}_URL`);
  const comment = '/** The longest that one attempt may take. */';
  file.ensureMember(result, 'upstreamTimeoutMs', `${comment}\nupstreamTimeoutMs: data.UPSTREAM_TIMEOUT_MS`);
  return file.text;
}

const least = { place: variable('least'), words: 'object that least is set to' };
const expected = {
  place: argumentOf(
    callOf('toEqual', ({ callee }) => {
      return callee.type === 'MemberExpression' && callOf('readConfig')([callee.object as SyntaxNode]) !== undefined;
    }),
  ),
  words: 'expectation of what readConfig gives: expect(readConfig(…)).toEqual({…})',
};

/** Adds the URL to the least that must be configured, in the tests. */
export function editConfigTest(path: string, text: string, { constant, camel, kebab }: Spellings): string {
  const file = new TypeScriptFile(path, text);
  file.addMember(least, `${constant}_URL`, `${constant}_URL: 'https://${kebab}.example/v2'`);
  file.addMember(expected, `${camel}Url`, `${camel}Url: least.${constant}_URL`);
  file.ensureMember(expected, 'upstreamTimeoutMs', 'upstreamTimeoutMs: 2000');
  return file.text;
}
