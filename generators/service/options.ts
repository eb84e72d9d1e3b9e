import { checkEntityName, checkIdentifierName, checkName, spell } from '../engine/names.ts';
import { type Context, choice, integer, list, text } from '../engine/options.ts';

/** Upstreams are called one by one in the generated tests; a service with more is better cut in two. */
const MOST_UPSTREAMS = 10;

/** An upstream is a fixture of the tests. Vitest and the testkit have these already; `then` would make a promise of it. */
const TAKEN_FIXTURES = new Set(
  'isolation task signal skip annotate bench expect onTestFailed onTestFinished then'.split(' '),
);

/** The option schema of the service generator. */
export const options = {
  name: text({
    description: 'Name of the package',
    placeholder: 'NAME',
    positional: true,
    validate: (name, context) => checkName(name) ?? checkProject(name, context),
  }),
  description: text({
    description: 'What the service does, in one line',
    default: ({ answers: { name } }) => `The ${name} service.`,
    validate: (line) => (line.trim() === '' ? 'must say something' : undefined),
  }),
  entity: text({
    description: 'What the service is about, in the singular',
    placeholder: 'NAME',
    default: 'product',
    identifier: true,
    validate: checkEntityName,
  }),
  database: choice({
    description: 'Where it keeps its state',
    choices: ['postgres', 'none'],
    default: 'postgres',
  }),
  upstream: list({
    description: 'A service that it calls by HTTP',
    question: 'Services that it calls by HTTP, with commas between (none: leave empty)',
    placeholder: 'NAME',
    default: [],
    identifier: true,
    validate: (name, _context, earlier) => checkIdentifierName(name) ?? checkUpstream(name, earlier),
  }),
  port: integer({
    description: 'The port that it listens on when PORT is not set',
    default: 3000,
    minimum: 1024,
    maximum: 65535,
  }),
};

/** Nx knows projects by name, and the folder of a project of another kind may not be under packages/. */
function checkProject(name: string, { workspace }: Context): string | undefined {
  const folder = workspace.projects.get(name);
  return folder === undefined || folder === `packages/${name}`
    ? undefined
    : `${JSON.stringify(name)} is the name of the project in ${folder} already; choose another`;
}

function checkUpstream(name: string, earlier: readonly string[]): string | undefined {
  if (name === 'database') return '"database" is the service’s own database; name the upstream after what it offers';
  if (TAKEN_FIXTURES.has(spell(name).camel)) {
    return `${JSON.stringify(name)} is a name that tests have for something else; try ${name}-service`;
  }
  return earlier.length < MOST_UPSTREAMS ? undefined : `at most ${MOST_UPSTREAMS} can be given`;
}
