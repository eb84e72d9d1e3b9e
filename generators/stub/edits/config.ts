import { addChecks, addUrl, addUrlToTest, expected, result, variables } from '../../additions/config.ts';
import type { Spellings } from '../../engine/answers/names.ts';
import { variable } from '../../engine/edit/places.ts';
import { TypeScriptFile } from '../../engine/edit/typescript-file.ts';

const UPSTREAM_URL_CHECK = `const upstreamUrl = url('http:', 'https:').refine((text) => {
  const { username, password, search, hash } = URL.parse(text) ?? {};
  return !username && !password && !search && !hash;
}, 'holds more than a host and a path: a user name, a password, a query or a fragment');
`;

/** Adds the upstream's URL to the configuration, and what upstreams have in common where it is the first. */
export function editConfig(path: string, text: string, upstream: Spellings): string {
  const file = new TypeScriptFile(path, text);
  if (!file.has(variable('upstreamUrl'))) addChecks(file, UPSTREAM_URL_CHECK);
  addUrl(file, upstream, 'upstreamUrl');
  file.ensureMember(variables, 'UPSTREAM_TIMEOUT_MS', 'UPSTREAM_TIMEOUT_MS: wholeNumber(1, 600_000).default(2000)');
  const comment = '/** The longest that one attempt may take. */';
  file.ensureMember(result, 'upstreamTimeoutMs', `${comment}\nupstreamTimeoutMs: data.UPSTREAM_TIMEOUT_MS`);
  return file.text;
}

/** Adds the URL to the least that must be configured, in the tests. */
export function editConfigTest(path: string, text: string, upstream: Spellings): string {
  const file = new TypeScriptFile(path, text);
  addUrlToTest(file, upstream, `https://${upstream.kebab}.example/v2`);
  file.ensureMember(expected, 'upstreamTimeoutMs', 'upstreamTimeoutMs: 2000');
  return file.text;
}
