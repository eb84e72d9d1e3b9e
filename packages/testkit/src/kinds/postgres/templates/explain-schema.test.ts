import { expect, test } from 'vitest';
import { explainMissing } from './explain-schema.ts';

test.each([
  ['role "app_reader" does not exist', "postgres({ migrate, roles: ['app_reader'] })"],
  ['permission denied to create role', 'create only those that are missing'],
  ['permission denied to grant role "app_reader"', 'leave memberships to operations'],
  ['permission denied to create extension "postgis"', "postgres({ migrate, extensions: ['postgis'] })"],
  ['function uuid_generate_v4() does not exist', "extensions: ['uuid-ossp']"],
  ['function public.gen_random_bytes(integer) does not exist', "extensions: ['pgcrypto']"],
  ['type "citext" does not exist', "extensions: ['citext']"],
  ['type "vector(3)" does not exist', "extensions: ['vector']"],
  ['operator class "gin_trgm_ops" does not exist for access method "gin"', "extensions: ['pg_trgm']"],
])('%s', (message, remedy) => {
  const error = new Error('migration 0001 failed', { cause: new Error(message) });
  expect(explainMissing(error)).toContain(remedy);
});

test.each([
  'relation "docs" does not exist',
  'type "mood" does not exist',
  'function price_of(integer) does not exist',
  'permission denied for schema public',
])('%s is the own fault of the migrations', (message) => {
  expect(explainMissing(new Error(message))).toBeUndefined();
});
