import { describe, expect, test } from 'vitest';
import { servers } from '../capabilities/capabilities.ts';
import type { Part, Route, ToldError } from '../capabilities/capability.ts';
import { librariesOf } from '../capabilities/compose.ts';
import type { Variable } from '../capabilities/variable.ts';
import type { Answers } from '../engine/answers/options.ts';
import type { Import } from '../engine/edit/imports.ts';
import type { Model } from '../engine/generator.ts';
import type { Workspace } from '../engine/workspace.ts';
import { serviceModel } from './model.ts';
import type { options } from './options.ts';

const libraries = ['bignumber.js', 'fastify', 'zod', ...librariesOf(Object.values(servers)), '@types/pg'];
const workspace: Workspace = {
  root: '/workspace',
  scope: '@example',
  version: '1.0.0',
  versions: Object.fromEntries(libraries.map((name) => [name, '1.2.3'])),
  projects: new Map(),
};
const answers: Answers<typeof options> = {
  name: 'orders',
  description: 'The orders service.',
  entity: 'product',
  database: 'postgres',
  cache: 'none',
  broker: 'none',
  upstream: [],
  port: 3000,
};

function modelOf(changes: Partial<typeof answers>) {
  return serviceModel({ ...answers, ...changes }, workspace);
}

function textOf(changes: Partial<typeof answers>) {
  return modelOf(changes).layers[0]?.model ?? {};
}

const membersOf = ({ parts }: Model['layers'][0]['model']) => (parts as readonly Part[]).map(({ member }) => member);
const modulesOf = ({ imports }: Model['layers'][0]['model']) => (imports as readonly Import[]).map(({ from }) => from);

describe('the layers', () => {
  const layersOf = (changes: Partial<typeof answers>) => modelOf(changes).layers.map(({ template }) => template);

  test('of a service with a database', () => {
    for (const database of ['postgres', 'mariadb'] as const) {
      expect(layersOf({ database })).toEqual([
        'base',
        'entity',
        'database',
        'entity-database',
        'parts',
        `database-${database}`,
        `migrate-${database}`,
        'retry',
        `entity-${database}`,
      ]);
    }
  });

  test('of a service without a database', () => {
    expect(layersOf({ database: 'none' })).toEqual(['base', 'entity', 'stateless', 'entity-stateless']);
  });

  test('of a service with upstreams: three for each', () => {
    const upstream = ['rates', 'tax-office'];
    const each = ['upstream', 'upstream-routes', 'upstream-database'];
    expect(layersOf({ upstream })).toEqual([
      'base',
      'entity',
      'database',
      'entity-database',
      'parts',
      'database-postgres',
      'migrate-postgres',
      'retry',
      'entity-postgres',
      'upstream-error',
      'upstream-problem',
      'upstreams',
      'price-times',
      ...each,
      ...each,
    ]);
    expect(layersOf({ upstream: ['rates'], database: 'none' })).toContain('upstream-stateless');
    expect(modelOf({ upstream }).layers.at(-1)?.model.upstream).toMatchObject({ constant: 'TAX_OFFICE' });
  });
});

describe('a service without a sample', () => {
  const combinations = (['postgres', 'mariadb', 'none'] as const).flatMap((database) =>
    (['redis', 'none'] as const).flatMap((cache) =>
      (['rabbitmq', 'nats', 'none'] as const).flatMap((broker) =>
        [[], ['rates']].map((upstream) => ({ database, cache, broker, upstream, entity: 'none' })),
      ),
    ),
  );
  const layersOf = (changes: Partial<typeof answers>) =>
    modelOf(changes).layers.map(({ of = 'service', template }) => `${of}/${template}`);

  test.each(combinations)('has nothing of an entity: %j', (changes) => {
    expect(textOf(changes)).not.toHaveProperty('entity');
    expect(textOf(changes)).toMatchObject({ hasEntity: false, routes: [] });
    expect(textOf(changes).dependenciesJson).not.toContain('bignumber.js');
    const layers = layersOf(changes);
    expect(
      layers.filter((each) => /entity|price|cache-repository|-routes|upstream-(database|stateless)/.test(each)),
    ).toEqual([]);
  });

  test('has the layers of its database, and no others', () => {
    expect(layersOf({ entity: 'none' })).toEqual([
      'service/base',
      'service/database',
      'service/parts',
      'service/database-postgres',
      'service/migrate-postgres',
      'service/retry',
    ]);
    expect(layersOf({ entity: 'none', database: 'none' })).toEqual(['service/base', 'service/stateless']);
  });

  test('tests the clients of its upstreams, since no route calls them', () => {
    const upstream = ['rates', 'tax-office'];
    expect(layersOf({ entity: 'none', upstream }).filter((each) => each === 'stub/first')).toHaveLength(2);
  });

  test('answers pings, and with a database once', () => {
    expect(textOf({ entity: 'none', broker: 'nats', database: 'none' })).toMatchObject({
      handled: 'ping',
      published: ['pong'],
      handler: 'createHandler(broker)',
      brokerNote: expect.stringContaining('`events.ping`'),
    });
    expect(textOf({ entity: 'none', broker: 'nats' })).toMatchObject({ handler: 'createHandler(answerBy(database))' });
  });

  test('has the cache for its routes, unless it is before the upstreams', () => {
    const cache = 'redis';
    expect(membersOf(textOf({ entity: 'none', cache }))).toEqual(['database', 'cache']);
    expect(membersOf(textOf({ entity: 'none', cache, upstream: ['rates'] }))).toEqual([
      'database',
      "rates: withCachedFactors('rates', createRatesClient(config), cache)",
    ]);
  });

  test.each([
    ['postgres', 'none', 'Kysely, PostgresDialect, sql', true],
    ['mariadb', 'none', 'Kysely, MysqlDialect, sql', true],
    ['postgres', 'nats', 'type Generated, type GeneratedAlways, Kysely, PostgresDialect, sql', false],
  ] as const)('takes of Kysely what its tables need: %s, %s', (database, broker, kyselyImports, hasNoTables) => {
    expect(textOf({ entity: 'none', database, broker })).toMatchObject({ kyselyImports, hasNoTables });
  });
});

describe('what routes work with', () => {
  test('is nothing in a service that keeps and calls nothing', () => {
    expect(textOf({ database: 'none' })).toMatchObject({ parts: [], imports: [], needPattern: '' });
  });

  test('is the database, the broker and the clients of upstreams', () => {
    const texts = textOf({ broker: 'nats', upstream: ['tax-office'], entity: 'order-line' });
    expect(membersOf(texts)).toEqual([
      'database',
      'repository: new OrderLineRepository(database)',
      'queries: new OrderLineQueries(database)',
      'broker',
      'taxOffice: createTaxOfficeClient(config)',
    ]);
    expect(modulesOf(texts)).toEqual([
      './database.ts',
      './order-line-repository.ts',
      './order-line-queries.ts',
      './broker.ts',
      './handle-message.ts',
      './outbox.ts',
      './outbox-relay.ts',
      './upstreams/tax-office.ts',
    ]);
  });
});

describe('the errors that callers are told of', () => {
  test('are those that every service has', () => {
    expect(textOf({ database: 'none' })).toMatchObject({ told: [], errorNames: 'InvalidInputError, NotFoundError' });
  });

  test('and those of its parts, each once', () => {
    const { told, errorNames } = textOf({ broker: 'nats', upstream: ['rates', 'tax-office'] });
    expect((told as readonly ToldError[]).map(({ problem }) => problem)).toEqual([
      'problem(409, error.message)',
      'problem(503, error.message)',
      "problem(503, 'the database does not answer')",
      'upstreamProblem(error)',
    ]);
    expect(errorNames).toBe('ConflictError, InvalidInputError, NotFoundError, UnavailableError');
  });
});

test('the routes of the sample come first, then those that call upstreams', () => {
  const { routes } = textOf({ upstream: ['rates'] });
  expect((routes as readonly Route[]).map(({ name }) => name)).toEqual([
    'listProducts',
    'createProduct',
    'readProduct',
    'changeDiscount',
    'listDiscountChanges',
    'priceByRates',
    'quoteByRates',
  ]);
});

describe('a cache', () => {
  const textsOf = (changes: Partial<typeof answers>) => textOf({ cache: 'redis', ...changes });
  const layersOf = (changes: Partial<typeof answers>) =>
    modelOf({ cache: 'redis', ...changes })
      .layers.map(({ template }) => template)
      .filter((template) => template.startsWith('cache'));

  test('is before the repository where there is no upstream', () => {
    expect(layersOf({})).toEqual(['cache', 'cache-repository']);
    expect(membersOf(textsOf({}))).toContain('repository: new CachedProductRepository(database, cache)');
    expect(modulesOf(textsOf({}))).not.toContain('./cached-factors.ts');
  });

  test('is before the upstreams where there are any', () => {
    expect(layersOf({ upstream: ['rates', 'tax-office'] })).toEqual([
      'cache',
      'cache-upstreams',
      'cache-upstream',
      'cache-upstream',
    ]);
    const texts = textsOf({ upstream: ['rates'] });
    expect(membersOf(texts)).toContain('repository: new ProductRepository(database)');
    expect(membersOf(texts)).toContain("rates: withCachedFactors('rates', createRatesClient(config), cache)");
    expect(modulesOf(texts)).toContain('./cached-factors.ts');
  });

  test('is one of the needs', () => {
    expect(textsOf({ upstream: ['rates'] })).toMatchObject({
      needPattern: '{ database, cache, rates }',
      needFunctions: 'postgres, redis, upstream',
      imagesJson: '[{"json":"{workspaceRoot}/images.json","fields":["postgres","redis","wiremock"]}]',
    });
  });
});

describe('a broker', () => {
  const layersOf = (changes: Partial<typeof answers>) =>
    modelOf(changes)
      .layers.map(({ template }) => template)
      .filter((template) => template.includes('broker'));

  test.each([
    [
      { broker: 'rabbitmq' },
      ['broker', 'broker-database', 'broker-postgres', 'entity-broker-database', 'broker-rabbitmq'],
    ],
    [
      { broker: 'rabbitmq', database: 'mariadb' },
      [
        'broker',
        'broker-database',
        'broker-mariadb',
        'entity-broker-database',
        'entity-broker-mariadb',
        'broker-rabbitmq',
      ],
    ],
    [{ broker: 'nats', database: 'none' }, ['broker', 'entity-broker-stateless', 'broker-nats']],
    [{ broker: 'none' }, []],
  ] as const)('%j: what all have, what goes with the database or without one, and its own', (changes, layers) => {
    expect(layersOf(changes)).toEqual(layers);
  });

  test('is one of the needs, between the database and the upstreams', () => {
    expect(textOf({ broker: 'rabbitmq', upstream: ['rates'] })).toMatchObject({
      broker: true,
      outbox: true,
      brokerNote: expect.stringContaining('`orders.dead-letters`'),
      needPattern: '{ database, broker, rates }',
      needFunctions: 'postgres, rabbitmq, upstream',
      imagesJson: '[{"json":"{workspaceRoot}/images.json","fields":["postgres","rabbitmq","wiremock"]}]',
    });
  });

  test('can be unavailable, and gives routes a part to work with', () => {
    expect(textOf({ broker: 'nats', database: 'none' })).toMatchObject({ canBeUnavailable: true, hasParts: true });
    expect(textOf({ database: 'none' })).toMatchObject({ canBeUnavailable: false, hasParts: false });
  });
});

test('the folder is named after the package', () => {
  expect(modelOf({}).folder).toBe('packages/orders');
});

test('an entity of two words has its plural, and is written in sentences as words', () => {
  expect(textOf({ entity: 'order-line' })).toMatchObject({
    entity: { camel: 'orderLine', pascal: 'OrderLine', snake: 'order_line', words: 'order line' },
    entities: { kebab: 'order-lines', snake: 'order_lines', words: 'order lines' },
  });
});

test('a description stays one JSON string, and plain text in Markdown', () => {
  expect(textOf({ description: 'Says "hi" to `${you}` \\o/ <b>' })).toMatchObject({
    descriptionJson: String.raw`"Says \"hi\" to ${'`${you}`'} \\o/ <b>"`,
    descriptionMarkdown: 'Says "hi" to \\`\\${you}\\` \\\\o/ \\<b\\>',
  });
});

test.each([
  [{}, '[{"json":"{workspaceRoot}/images.json","fields":["postgres"]}]'],
  [{ upstream: ['rates'] }, '[{"json":"{workspaceRoot}/images.json","fields":["postgres","wiremock"]}]'],
  [{ database: 'mariadb' }, '[{"json":"{workspaceRoot}/images.json","fields":["mariadb"]}]'],
  [{ database: 'none' }, '[]'],
] as const)('only images that the tests of %j run on are inputs', (changes, images) => {
  expect(textOf(changes).imagesJson).toBe(images);
});

test.each([
  ['postgres', { postgres: true, databaseTitle: 'PostgreSQL', databaseProtocol: 'postgres' }],
  ['mariadb', { postgres: false, databaseTitle: 'MariaDB', databaseProtocol: 'mysql' }],
  ['none', { database: false, postgres: false }],
] as const)('a template knows which database it is for: %s', (database, expected) => {
  expect(textOf({ database })).toMatchObject(expected);
});

describe('the variables', () => {
  const named = (variables: unknown) => (variables as readonly Variable[]).map(({ name }) => name);

  test('that have no default, and are passed on by docker run', () => {
    const requiredOf = (changes: Partial<typeof answers>) => named(textOf(changes).required);
    expect(requiredOf({ upstream: ['rates'] })).toEqual(['DATABASE_URL', 'RATES_URL']);
    expect(requiredOf({ upstream: ['rates'], cache: 'redis', broker: 'nats' })).toEqual([
      'DATABASE_URL',
      'CACHE_URL',
      'BROKER_URL',
      'RATES_URL',
    ]);
    expect(requiredOf({ database: 'none' })).toEqual([]);
  });

  test('what upstreams share comes once, after the URLs of all', () => {
    expect(named(textOf({ database: 'none', upstream: ['rates', 'tax-office'] }).variables)).toEqual([
      'RATES_URL',
      'TAX_OFFICE_URL',
      'UPSTREAM_TIMEOUT_MS',
    ]);
  });

  test('the outbox has one where there are a database and a broker', () => {
    expect(named(textOf({ broker: 'nats' }).variables)).toContain('OUTBOX_RELAY');
    expect(named(textOf({ broker: 'nats', database: 'none' }).variables)).not.toContain('OUTBOX_RELAY');
  });
});

test('a package depends on what its parts use, sorted by name', () => {
  const { dependenciesJson, devDependenciesJson } = textOf({ cache: 'redis', broker: 'rabbitmq' });
  expect(Object.keys(JSON.parse(String(dependenciesJson)))).toEqual([
    'async-cache-dedupe',
    'bignumber.js',
    'fastify',
    'kysely',
    'pg',
    'rabbitmq-client',
    'redis',
    'zod',
  ]);
  expect(devDependenciesJson).toContain('@types/pg');
  expect(textOf({ database: 'mariadb' }).devDependenciesJson).toBe('');
});
