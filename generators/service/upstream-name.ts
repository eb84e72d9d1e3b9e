import { servers } from '../capabilities/capabilities.ts';
import { checkIdentifierName, spell } from '../engine/answers/names.ts';

/** The keys of needs that a service has for its own servers. */
const OWN_KEYS = new Set(Object.values(servers).map(({ key }) => key.kebab));

/** An upstream is a fixture of the tests. Vitest and the testkit have these already; `then` would make a promise of it. */
const TAKEN_FIXTURES = new Set(
  'isolation task signal skip annotate bench expect onTestFailed onTestFinished then peer'.split(' '),
);

/**
 * Checks the name of an upstream.
 * @returns a sentence that says what is wrong with it, or undefined.
 */
export function checkUpstreamName(name: string): string | undefined {
  const problem = checkIdentifierName(name);
  if (problem !== undefined) {
    return problem;
  }
  if (OWN_KEYS.has(name)) {
    return `"${name}" is the service’s own ${name}; name the upstream after what it offers`;
  }
  if (name.startsWith('testkit-')) {
    return `${JSON.stringify(name)} would get the variable ${spell(name).constant}_URL, and the testkit has those that begin with TESTKIT_; choose another`;
  }
  return TAKEN_FIXTURES.has(spell(name).camel)
    ? `${JSON.stringify(name)} is a name that tests have for something else; try ${name}-service`
    : undefined;
}
