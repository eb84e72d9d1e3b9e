import { describe, expect, test } from 'vitest';
import type { Answers } from '../engine/answers/options.ts';
import type { Workspace } from '../engine/workspace.ts';
import { serviceModel } from './model.ts';
import type { options } from './options.ts';

const workspace: Workspace = {
  root: '/workspace',
  scope: '@example',
  version: '1.0.0',
  versions: { fastify: '5.0.0' },
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

describe('the layers', () => {
  const layersOf = (changes: Partial<typeof answers>) => modelOf(changes).layers.map(({ template }) => template);

  test('of a service with a database', () => {
    expect(layersOf({})).toEqual(['base', 'database', 'database-postgres', 'migrate-postgres', 'parts', 'retry']);
    expect(layersOf({ database: 'mariadb' })).toEqual([
      ...['base', 'database', 'database-mariadb', 'migrate-mariadb', 'parts', 'retry'],
    ]);
  });

  test('of a service without a database', () => {
    expect(layersOf({ database: 'none' })).toEqual(['base', 'stateless']);
  });

  test('of a service with upstreams: two for each', () => {
    const upstream = ['rates', 'tax-office'];
    const each = ['upstream', 'upstream-database', 'upstream', 'upstream-database'];
    expect(layersOf({ upstream })).toEqual([
      'base',
      'database',
      'database-postgres',
      'migrate-postgres',
      'parts',
      'retry',
      'upstream-error',
      'upstreams',
      ...each,
    ]);
    expect(layersOf({ upstream: ['rates'], database: 'none' })).toContain('upstream-stateless');
    expect(modelOf({ upstream }).layers.at(-1)?.model.upstream).toMatchObject({ constant: 'TAX_OFFICE' });
  });
});

describe('a cache', () => {
  const textsOf = (changes: Partial<typeof answers>) => textOf({ cache: 'redis', ...changes });
  const layersOf = (changes: Partial<typeof answers>) =>
    modelOf({ cache: 'redis', ...changes })
      .layers.map(({ template }) => template)
      .filter((template) => template.startsWith('cache'));

  test('is before the repository where there is no upstream', () => {
    expect(layersOf({})).toEqual(['cache', 'cache-repository']);
    expect(textsOf({})).toMatchObject({ cachedRepository: true, cachedFactors: false });
  });

  test('is before the upstreams where there are any', () => {
    expect(layersOf({ upstream: ['rates', 'tax-office'] })).toEqual([
      ...['cache', 'cache-upstreams'],
      ...['cache-upstream', 'cache-upstream'],
    ]);
    expect(textsOf({ upstream: ['rates'], database: 'none' })).toMatchObject({
      cachedRepository: false,
      cachedFactors: true,
    });
  });

  test('is one of the needs', () => {
    expect(textsOf({ upstream: ['rates'] })).toMatchObject({
      needKeys: 'database, cache, rates',
      needFunctions: 'postgres, redis, upstream',
      runEnvironment: '--env DATABASE_URL --env CACHE_URL --env RATES_URL ',
      imagesJson: '[{"json":"{workspaceRoot}/images.json","fields":["postgres","redis","wiremock"]}]',
    });
  });
});

describe('a broker', () => {
  const layersOf = (changes: Partial<typeof answers>) =>
    modelOf(changes)
      .layers.map(({ template }) => template)
      .filter((template) => template.startsWith('broker'));

  test.each([
    [{ broker: 'rabbitmq' }, ['broker', 'broker-database', 'broker-postgres', 'broker-rabbitmq']],
    [{ broker: 'rabbitmq', database: 'mariadb' }, ['broker', 'broker-database', 'broker-mariadb', 'broker-rabbitmq']],
    [{ broker: 'nats', database: 'none' }, ['broker', 'broker-stateless', 'broker-nats']],
    [{ broker: 'none' }, []],
  ] as const)('%j: what all have, what goes with the database or without one, and its own', (changes, layers) => {
    expect(layersOf(changes)).toEqual(layers);
  });

  test('is one of the needs, between the database and the upstreams', () => {
    expect(textOf({ broker: 'rabbitmq', upstream: ['rates'] })).toMatchObject({
      broker: true,
      rabbitmq: true,
      nats: false,
      needKeys: 'database, broker, rates',
      needFunctions: 'postgres, rabbitmq, upstream',
      runEnvironment: '--env DATABASE_URL --env BROKER_URL --env RATES_URL ',
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
  ['postgres', { postgres: true, mariadb: false, databaseTitle: 'PostgreSQL', databaseProtocol: 'postgres' }],
  ['mariadb', { postgres: false, mariadb: true, databaseTitle: 'MariaDB', databaseProtocol: 'mysql' }],
  ['none', { database: false, postgres: false, mariadb: false }],
] as const)('a template knows which database it is for: %s', (database, expected) => {
  expect(textOf({ database })).toMatchObject(expected);
});

test('docker run passes on every variable that has no default', () => {
  expect(textOf({ upstream: ['rates'] }).runEnvironment).toBe('--env DATABASE_URL --env RATES_URL ');
  expect(textOf({ database: 'none' }).runEnvironment).toBe('');
});
