import { spell } from '../engine/answers/names.ts';
import type { Import } from '../engine/edit/imports.ts';
import { type Capability, type Chosen, type Part, type Route, type ToldError, urlCheck } from './capability.ts';
import { numberVariable, urlVariable } from './variable.ts';

const upstreamUrl = {
  name: 'upstreamUrl',
  code: `const upstreamUrl = url('http:', 'https:').refine((text) => {
  const { username, password, search, hash } = URL.parse(text) ?? {};
  return !username && !password && !search && !hash;
}, 'holds more than a host and a path: a user name, a password, a query or a fragment');`,
};

/** The error that clients of all upstreams throw. */
export const upstreamError = {
  condition: 'error instanceof UpstreamError',
  problem: 'upstreamProblem(error)',
  imports: [
    { name: 'UpstreamError', from: './upstream-error.ts' },
    { name: 'upstreamProblem', from: './upstream-problem.ts' },
  ],
} satisfies ToldError;

/** A service of somebody else, which the package calls by HTTP. */
export interface UpstreamCapability extends Capability {
  readonly sharedVariables: NonNullable<Capability['sharedVariables']>;
  /** Its layers of templates/service/ that each upstream has of its own. */
  ownLayers(chosen: Chosen): readonly string[];
  /** Its client. */
  part(isCached: boolean): Part;
  /** The function that makes the client. */
  readonly maker: Import;
  /** The routes that use it. */
  routes(entities: string, hasDatabase: boolean): readonly Route[];
}

/** @param name in kebab-case. */
export function upstream(name: string): UpstreamCapability {
  const key = spell(name);
  const { camel, pascal } = key;
  const from = `./upstreams/${name}.ts`;
  const maker = { name: `create${pascal}Client`, from };
  const part = (isCached: boolean): Part => {
    const client = `${maker.name}(config)`;
    const code = isCached ? `withCachedFactors('${name}', ${client}, cache)` : client;
    return { name: camel, type: `${pascal}Client`, from, member: `${camel}: ${code}` };
  };
  return {
    title: name,
    key,
    need: 'upstream',
    needs: `'${name}'`,
    image: 'wiremock',
    checks: [urlCheck, upstreamUrl],
    variables: [
      urlVariable(key, {
        check: upstreamUrl.name,
        example: `https://${name}.example/v2`,
        meaning: `base URL of ${name}`,
      }),
    ],
    sharedVariables: [
      numberVariable('UPSTREAM_TIMEOUT_MS', [1, 600_000], 2000, {
        comment: 'The longest that one attempt may take.',
        meaning: 'for one attempt; there are three at most for a GET, and one for a POST',
      }),
    ],
    libraries: [],
    types: [],
    layers: ({ hasEntity }) => [
      'retry',
      'upstream-error',
      'upstream-problem',
      'upstreams',
      ...(hasEntity ? ['price-times'] : []),
    ],
    ownLayers: ({ database, cache, hasEntity }) =>
      hasEntity
        ? [
            'upstream',
            'upstream-routes',
            `upstream-${database === 'none' ? 'stateless' : 'database'}`,
            ...(cache ? ['cache-upstream'] : []),
          ]
        : ['upstream', ...(cache ? ['bare-cache-upstream'] : [])],
    parts: ({ cache }) => [part(cache)],
    imports: () => [maker],
    told: [upstreamError],
    part,
    maker,
    routes: (entities, hasDatabase) => {
      const [price, quote] = hasDatabase
        ? [
            `| \`GET /${entities}/:id/${name}/:key\` | the discounted price times the factor that ${name} has for a key |`,
            `| \`POST /${entities}/:id/${name}/:key/quotes\` | has ${name} quote the discounted price for a key |`,
          ]
        : [
            `| \`POST /${entities}/discount/${name}/:key\` | the same times the factor that ${name} has for a key |`,
            `| \`POST /${entities}/discount/${name}/:key/quotes\` | has ${name} quote it for a key |`,
          ];
      return [
        { name: `priceBy${pascal}`, from: `./price-by-${name}.ts`, row: price },
        { name: `quoteBy${pascal}`, from: `./quote-by-${name}.ts`, row: quote },
      ];
    },
  };
}
