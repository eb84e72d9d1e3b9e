import { describe, expect, test } from 'vitest';
import { mariadb, nats, postgres, rabbitmq, upstream } from './needs.ts';

const migrate = async () => {};

describe('postgres', () => {
  test('takes each extension once, in one order', () => {
    expect(postgres({ migrate, extensions: ['pg_trgm', 'citext', 'pg_trgm'] }).extensions).toEqual([
      'citext',
      'pg_trgm',
    ]);
  });

  test.for(['', 'PG_TRGM', 'a b', 'x"; DROP TABLE a; --', 'a'.repeat(64)])('refuses the extension %j', (extension) => {
    expect(() => postgres({ migrate, extensions: [extension] })).toThrow(/is not the name of an extension, such as/);
  });

  test('takes each role once, in one order', () => {
    expect(postgres({ migrate, roles: ['writer', 'App_Owner', 'writer'] }).roles).toEqual(['App_Owner', 'writer']);
  });

  test.for(['', 'a b', '1st', 'x"; DROP ROLE a; --', 'a'.repeat(64)])('refuses the role %j', (role) => {
    expect(() => postgres({ migrate, roles: [role] })).toThrow(/is not the name of a role, such as 'app_reader'/);
  });

  test.for(['pg_read_all_data', 'PUBLIC', 'current_user', 'tk_shop_1'])(
    'refuses the role %s, which is taken',
    (role) => {
      expect(() => postgres({ migrate, roles: [role] })).toThrow(/the name is the server's or the testkit's own/);
    },
  );

  test('knows where it was declared', () => {
    const [first, second] = [postgres({ migrate }), postgres({ migrate })];
    expect(first.declaredAt).toMatch(/needs\.test\.ts:\d+:\d+$/);
    expect(second.declaredAt).not.toBe(first.declaredAt);
  });
});

describe('mariadb', () => {
  test('may do without a seed', () => {
    expect(mariadb({ migrate })).toEqual({ kind: 'mariadb', migrate, seed: undefined });
    expect(mariadb({ migrate, seed: migrate }).seed).toBe(migrate);
  });
});

test('a RabbitMQ needs nothing said', () => {
  expect(rabbitmq()).toEqual({ kind: 'rabbitmq' });
});

test('nats takes nothing', () => {
  expect(nats()).toEqual({ kind: 'nats' });
});

describe('upstream', () => {
  test('keeps its name', () => {
    expect(upstream('exchange-rates')).toEqual({ kind: 'upstream', name: 'exchange-rates' });
  });

  test.for(['', '..', '../x', 'a/b', 'Rates', '.hidden'])('refuses the name %j', (name) => {
    expect(() => upstream(name)).toThrow(/the name is a folder under stubs/);
  });
});
