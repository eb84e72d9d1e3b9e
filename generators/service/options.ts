import { brokerNames, cacheNames, databaseNames } from '../capabilities/capabilities.ts';
import { checkEntityName } from '../engine/answers/names.ts';
import { type Context, choice, integer, list, text } from '../engine/answers/options.ts';
import { newPackageOptions } from '../engine/answers/packages.ts';
import { defaultEntity } from './default-entity.ts';
import { NO_ENTITY } from './entity-text.ts';
import { checkUpstreamName } from './upstream-name.ts';

/** Upstreams are called one by one in the generated tests; a service with more is better cut in two. */
const MOST_UPSTREAMS = 10;

/** The option schema of the service generator. */
export const options = {
  ...newPackageOptions('service', 'What the service does'),
  entity: text({
    description: 'What the service is about, in the singular; none: without a sample',
    placeholder: `NAME|${NO_ENTITY}`,
    none: NO_ENTITY,
    default: ({ answers: { name } }) => defaultEntity(String(name)),
    defaultNote: 'the singular of its name',
    identifier: true,
    validate: checkEntityName,
  }),
  database: choice({
    description: 'Where it keeps its state',
    choices: [...databaseNames, 'none'],
    default: 'postgres',
  }),
  upstream: list({
    description: 'A service that it calls by HTTP',
    question: 'Services that it calls by HTTP, separated by commas (none: leave empty)',
    placeholder: 'NAME',
    default: [],
    identifier: true,
    validate: (name, _context, earlier) => checkUpstream(name, earlier),
  }),
  cache: choice({
    description: 'The cache for answers of its upstreams, or of its database if it has none',
    choices: [...cacheNames, 'none'],
    default: 'none',
    validate: (cache, context) => checkCache(cache, context),
  }),
  broker: choice({
    description: 'The broker for messages between this service and others',
    choices: [...brokerNames, 'none'],
    default: 'none',
  }),
  port: integer({
    description: 'The port that it listens on when PORT is not set',
    default: 3000,
    minimum: 1024,
    maximum: 65535,
  }),
};

function checkUpstream(name: string, earlier: readonly string[]): string | undefined {
  return (
    checkUpstreamName(name) ?? (earlier.length < MOST_UPSTREAMS ? undefined : `at most ${MOST_UPSTREAMS} can be given`)
  );
}

/** A cache keeps what upstreams or a database answer. Answers that are not known yet are not judged. */
function checkCache(cache: string, { answers: { database, upstream } }: Context): string | undefined {
  const isIdle = database === 'none' && Array.isArray(upstream) && upstream.length === 0;
  return cache !== 'none' && isIdle
    ? 'must be none: with --database none and no --upstream there is nothing to cache'
    : undefined;
}
