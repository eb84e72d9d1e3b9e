import { spell } from '../engine/answers/names.ts';
import { type Capability, type Chosen, urlCheck } from './capability.ts';
import { numberVariable, urlVariable } from './variable.ts';

const cacheUrl = {
  name: 'cacheUrl',
  code: String.raw`const cacheUrl = url('redis:', 'rediss:').refine(
  (text) => /^\/?\d*$/.test(URL.parse(text)?.pathname ?? ''),
  'has a path that is not the number of a database',
);`,
};

/**
 * A paragraph of the README on what is kept in the cache; empty: nothing is.
 * @param entityWords what the sample is about; undefined: there is none.
 */
export function cacheNote({ database, cache, hasUpstreams }: Chosen, entityWords: string | undefined): string {
  if (!cache || (database === 'none' && !hasUpstreams)) {
    return '';
  }
  if (hasUpstreams) {
    return FACTORS_NOTE;
  }
  return entityWords === undefined ? BARE_NOTE : repositoryNote(entityWords);
}

function repositoryNote(entityWords: string): string {
  return `Each ${entityWords} that was read is kept in the cache. A change by this service is seen at once; a change past it, or one during which
the cache was out of reach, after \`CACHE_TTL_S\` seconds at most.`;
}

const FACTORS_NOTE =
  'Factors are kept in the cache: a new one is used after `CACHE_TTL_S` seconds at most. Quotes never are.';

const BARE_NOTE =
  'Routes have the cache as `cache`, and `src/cache-aside.ts` puts it before a source. What is in it stays for `CACHE_TTL_S` seconds.';

export const redis: Capability = {
  title: 'Redis',
  key: spell('cache'),
  need: 'redis',
  needs: '',
  image: 'redis',
  checks: [urlCheck, cacheUrl],
  variables: [
    urlVariable(spell('cache'), {
      check: cacheUrl.name,
      example: 'redis://me:secret@cache.example:6379/0',
      meaning: '`redis://user:password@host:port/database`; without the cache requests are answered all the same',
    }),
    numberVariable('CACHE_TIMEOUT_MS', [1, 60_000], 100, {
      comment: 'The longest that a request waits for an answer of the cache.',
      meaning: 'for an answer of the cache',
      inTests: "'5000'",
      testsBecause: 'On a machine that does much else the cache is slow, and would be left out.',
    }),
    numberVariable('CACHE_TTL_S', [1, 86_400], 60, {
      comment: 'How long something is kept in the cache, in seconds.',
      meaning: 'how long an entry is kept in it, in seconds',
    }),
  ],
  libraries: ['redis'],
  types: [],
  layerLibraries: ['async-cache-dedupe'],
  // It is before the upstreams where there are any, else before the database.
  layers: ({ database, hasUpstreams, hasEntity }) => [
    'cache',
    ...(hasEntity ? [] : ['bare-cache']),
    ...(hasUpstreams ? ['cache-upstreams'] : []),
    ...(database !== 'none' && !hasUpstreams && hasEntity ? ['cache-repository'] : []),
  ],
  parts: ({ hasUpstreams, hasEntity }) =>
    hasUpstreams || hasEntity ? [] : [{ name: 'cache', type: 'Cache', from: './cache.ts', member: 'cache' }],
  told: [],
  imports: ({ hasUpstreams }) => [
    { name: 'createCache', from: './cache.ts' },
    ...(hasUpstreams ? [{ name: 'withCachedFactors', from: './cached-factors.ts' }] : []),
  ],
};
