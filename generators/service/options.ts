import { checkEntityName } from '../engine/names.ts';
import { choice, integer, list, type Option, text } from '../engine/options.ts';
import { newPackageOptions } from '../engine/packages.ts';
import { checkUpstreamName } from './upstream-name.ts';

/** Upstreams are called one by one in the generated tests; a service with more is better cut in two. */
const MOST_UPSTREAMS = 10;

/** The option schema of the service generator. */
export const options = {
  ...newPackageOptions('service', 'What the service does'),
  entity: text({
    description: 'What the service is about, in the singular',
    placeholder: 'NAME',
    default: 'product',
    identifier: true,
    validate: checkEntityName,
  }),
  database: choice({
    description: 'Where it keeps its state',
    choices: ['postgres', 'mariadb', 'none'],
    default: 'postgres',
  }),
  cache: choice({
    description: 'What it keeps copies in, of what its upstreams or else its database answer',
    choices: ['redis', 'none'],
    default: 'none',
  }),
  broker: choice({
    description: 'By which it exchanges messages with other services',
    choices: ['rabbitmq', 'nats', 'none'],
    default: 'none',
  }),
  upstream: withSomethingToCache(
    list({
      description: 'A service that it calls by HTTP',
      question: 'Services that it calls by HTTP, with commas between (none: leave empty)',
      placeholder: 'NAME',
      default: [],
      identifier: true,
      validate: (name, _context, earlier) => checkUpstream(name, earlier),
    }),
  ),
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

/** A cache keeps what upstreams or a database answer. */
function withSomethingToCache(option: Option<readonly string[]>): Option<readonly string[]> {
  return {
    ...option,
    validate: (names, context) => {
      const { cache, database } = context.answers;
      if (names.length === 0 && database === 'none' && cache !== undefined && cache !== 'none') {
        return 'must name a service that it calls: with --database none and no upstream there is nothing to cache';
      }
      return option.validate?.(names, context);
    },
  };
}
