import { checkEntityName, checkIdentifierName, checkName } from '../engine/names.ts';
import { type Context, choice, integer, list, text } from '../engine/options.ts';

/** Upstreams are called one by one in the generated tests; a service with more is better cut in two. */
const MOST_UPSTREAMS = 10;

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
    description: 'A service that it calls by HTTP; may be given several times',
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
  return earlier.length < MOST_UPSTREAMS ? undefined : `at most ${MOST_UPSTREAMS} can be given`;
}
