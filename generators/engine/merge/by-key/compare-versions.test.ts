import { describe, expect, test } from 'vitest';
import { compareImages, compareVersions } from './compare-versions.ts';

const sign = (order: number | undefined) => order && Math.sign(order);

test.each([
  ['1.2.3', '1.2.4', -1],
  ['1.10.0', '1.9.0', 1],
  ['^1.2.0', '~1.3.0', -1],
  ['>=20', '>=24.1', -1],
  ['^1.2.0', '1.2.0', 0],
  ['v1.0.0', '=1.0.0', 0],
  ['1.x', '2', -1],
  ['1.0.0-rc.1', '1.0.0', -1],
  ['1.0.0-rc.2', '1.0.0-rc.10', -1],
  ['1.0.0-alpha', '1.0.0-alpha.1', -1],
  ['1.0.0-1', '1.0.0-a', -1],
  ['1.0.0+build.2', '1.0.0+build.1', 0],
  ['workspace:^1.0.0', 'workspace:^1.1.0', -1],
  ['npm:other@1.0.0', 'npm:other@2.0.0', -1],
  ['npm:@acme/other@3.0.0', 'npm:@acme/other@2.0.0', 1],
  ['npm@11.0.0', 'npm@11.2.0', -1],
])('%s and %s', (left, right, order) => {
  expect(sign(compareVersions(left, right))).toBe(order);
  expect(sign(compareVersions(right, left))).toBe(order === 0 ? 0 : -order);
});

test.each([
  ['*', '1.0.0'],
  ['latest', '1.0.0'],
  ['workspace:*', '1.0.0'],
  ['file:../one', '1.0.0'],
  ['github:acme/one#v1.0.0', '1.0.0'],
  ['https://example.org/one-1.0.0.tgz', '1.0.0'],
  ['npm:one@1.0.0', 'npm:other@2.0.0'],
  ['npm@11.0.0', 'pnpm@11.2.0'],
  ['^20 || ^22', '>=24'],
  ['>=1 <2', '2.0.0'],
  ['<2', '1.0.0'],
  ['', '1.0.0'],
])('nothing can be said of %s and %s', (left, right) => {
  expect(compareVersions(left, right)).toBeUndefined();
  expect(compareVersions(right, left)).toBeUndefined();
});

describe('of images', () => {
  test.each([
    ['postgres:17-alpine', 'postgres:18-alpine', -1],
    ['postgres:18-alpine', 'postgres:18.4-alpine', 0],
    ['redis:8.10', 'redis:8.9', 1],
    ['registry.example.org:5000/team/redis:8', 'registry.example.org:5000/team/redis:9', -1],
    ['redis:8.2@sha256:aa', 'redis:8.3@sha256:bb', -1],
    ['postgres:18-alpine', 'postgres:18-bookworm', undefined],
    ['mirror/postgres:17', 'postgres:18', undefined],
    ['postgres:latest', 'postgres:18', undefined],
    ['postgres', 'postgres:18', undefined],
  ])('%s and %s', (left, right, order) => {
    expect(sign(compareImages(left, right))).toBe(order);
  });
});
