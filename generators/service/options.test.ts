import { describe, expect, test } from 'vitest';
import type { Workspace } from '../engine/workspace.ts';
import { options } from './options.ts';

const workspace: Workspace = {
  root: '/workspace',
  scope: '@example',
  version: '1.0.0',
  versions: {},
  projects: new Map([
    ['workspace', '.'],
    ['orders', 'packages/orders'],
  ]),
};
const context = { answers: {}, workspace };

describe('a name is refused with a sentence', () => {
  test.each([
    ['../orders', 'kebab-case'],
    ['/etc/passwd', 'kebab-case'],
    ['@example/orders', 'kebab-case'],
    ['Orders', 'kebab-case'],
    ['', 'kebab-case'],
    ['${HOME}', 'kebab-case'],
    ['a'.repeat(41), 'at most 40'],
    ['workspace', 'is the name of the project in the root already'],
    ['constructor', 'Nx takes it for two projects'],
    ['nul', 'on Windows it is a device'],
  ])('%s', (name, sentence) => {
    expect(options.name.validate?.(name, context)).toContain(sentence);
  });

  test.each(['orders', 'fs', 'react', 'class', 'a'.repeat(40)])('but not %s', (name) => {
    expect(options.name.validate?.(name, context)).toBeUndefined();
  });
});

describe('an entity is refused with a sentence', () => {
  test.each([
    ['class', 'belongs to JavaScript'],
    ['error', 'belongs to JavaScript'],
    ['constructor', 'belongs to JavaScript'],
    ['sheep', 'no plural of its own'],
    ['products', 'reads as a plural'],
    ['order_line', 'kebab-case'],
  ])('%s', (name, sentence) => {
    expect(options.entity.validate?.(name, context)).toContain(sentence);
  });

  test.each(['order-line', 'person', 'order-2', 'analysis', 'none'])('but not %s', (name) => {
    expect(options.entity.validate?.(name, context)).toBeUndefined();
  });
});

test('an entity is by default the singular of the name', () => {
  const { default: entity, defaultNote } = options.entity;
  expect(typeof entity === 'function' && entity({ answers: { name: 'orders' }, workspace })).toBe('order');
  expect(defaultNote).toBe('the singular of its name');
});

describe('an upstream is refused with a sentence', () => {
  test.each([
    ['database', 'own database'],
    ['cache', 'own cache'],
    ['broker', 'own broker'],
    ['peer', 'tests have for something else'],
    ['signal', 'tests have for something else'],
    ['on-test-failed', 'tests have for something else'],
    ['promise', 'belongs to JavaScript'],
    ['testkit-postgres', 'TESTKIT_POSTGRES_URL'],
    ['aux', 'on Windows it is a device'],
    ['a b', 'kebab-case'],
  ])('%s', (name, sentence) => {
    expect(options.upstream.validate?.([name], context)).toContain(sentence);
  });

  test('the eleventh', () => {
    const names = Array.from({ length: 11 }, (_, index) => `rates-${index}`);
    expect(options.upstream.validate?.(names, context)).toBe('at most 10 can be given');
    expect(options.upstream.validate?.(names.slice(1), context)).toBeUndefined();
  });
});

describe('a cache', () => {
  const problemOf = (upstream: string[], database: string, cache: string) =>
    options.cache.validate?.(cache as 'redis' | 'none', { ...context, answers: { database, upstream } });

  test('needs something to keep', () => {
    expect(problemOf([], 'none', 'redis')).toBe(
      'must be none: with --database none and no --upstream there is nothing to cache',
    );
  });

  test.each([
    [[], 'postgres', 'redis'],
    [['rates'], 'none', 'redis'],
    [[], 'none', 'none'],
  ])('has it with upstreams %j and database %s, or is %s', (upstream, database, cache) => {
    expect(problemOf(upstream, database, cache)).toBeUndefined();
  });

  test('is asked for after what it caches', () => {
    const names = Object.keys(options);
    expect(names.slice(names.indexOf('database'), names.indexOf('cache') + 1)).toEqual([
      'database',
      'upstream',
      'cache',
    ]);
  });

  test('is not judged before it is known what there is to cache', () => {
    const early = { ...context, answers: { database: 'none' } };
    expect(options.cache.validate?.('redis', early)).toBeUndefined();
  });

  test('is none by default', () => {
    expect(options.cache.default).toBe('none');
  });
});

test('a description must say something, and has a default that does', () => {
  expect(options.description.validate?.(' \u00a0', context)).toBe('must say something');
  const { default: line } = options.description;
  expect(typeof line === 'function' && line({ answers: { name: 'orders' }, workspace })).toBe('The orders service.');
});

test.each([1023, 65536, 3000.5, '3000'])('the port %s is refused', (port) => {
  expect(options.port.check(port)).toContain('from 1024 to 65535');
});
