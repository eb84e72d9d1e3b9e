import { describe, expect, test } from 'vitest';
import { changesWanted, newProduct } from './product-input.ts';

describe('an instant', () => {
  test.each([
    '2026-01-31T12:00:00Z',
    '2026-01-31T12:00:00.123456Z',
    '2026-01-31T12:00:00.5+05:45',
    '0001-01-01T00:00:00+14:59',
  ])('%s is taken as it is', (since) => {
    expect(changesWanted.parse({ since })).toEqual({ since });
  });

  test.each([
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-01-31T12:00Z',
    '2026-02-30T12:00:00Z',
    '2026-01-31T12:00:00.1234567Z',
    '2026-01-31T12:00:00+15:00',
    '0000-01-01T00:00:00Z',
  ])('%s is refused', (since) => {
    expect(changesWanted.safeParse({ since }).success).toBe(false);
  });
});

test.each([
  ['1', true],
  ['9223372036854775807', true],
  ['9223372036854775808', false],
  ['0', false],
  ['1e3', false],
])('the number %s is taken: %s', (before, taken) => {
  expect(changesWanted.safeParse({ before }).success).toBe(taken);
});

describe('attributes', () => {
  const taken = (attributes: unknown) => newProduct.safeParse({ name: 'Chair', price: '1', attributes }).success;
  const entries = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, '']));

  test('may be any text, up to 20', () => {
    expect(taken({ colour: 'red', 'größe 😀': '' })).toBe(true);
    expect(taken(entries(20))).toBe(true);
    expect(taken(entries(21))).toBe(false);
  });

  test.each([
    { colour: 1 },
    { colour: null },
    { colour: { light: 'red' } },
    { '': 'red' },
    { colour: 'a\u0000b' },
    { colour: 'a\ud83d' },
    { 'a\udc00': 'red' },
    { ['k'.repeat(51)]: 'red' },
    { colour: 'r'.repeat(201) },
    'red',
    [['red']],
  ])('%j is refused', (attributes) => {
    expect(taken(attributes)).toBe(false);
  });
});
