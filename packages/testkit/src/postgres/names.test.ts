import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cloneName,
  hashOf,
  lockKey,
  newSession,
  ownerName,
  ownerPassword,
  slugOf,
  templateName,
  urlFor,
} from './names.ts';

const serverUrl = 'postgres://postgres:s%20cret@127.0.0.1:5432/postgres?sslmode=disable';

describe('identifiers', () => {
  test('are safe and fit, whatever the package is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 250 }), fc.nat(), (name, number) => {
        const slug = slugOf(name);
        const hash = hashOf(name);
        for (const identifier of [
          cloneName(slug, newSession(), number),
          templateName(slug, hash),
          ownerName(slug, hash),
        ]) {
          expect(identifier).toMatch(/^tk_[a-z0-9_]+$/);
          expect(identifier.length).toBeLessThanOrEqual(63);
        }
      }),
    );
  });

  test('leave the scope of a package out', () => {
    expect(slugOf('@splitlevel/exchange-rates')).toBe('exchange_rates');
  });
});

test('hashes keep their parts apart', () => {
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
});

test('the key of a lock is a signed number of 32 bits', () => {
  expect(lockKey('ffffffff')).toBe(-1);
  expect(lockKey('00000010ffff')).toBe(16);
});

test("the owner's password follows from the server's, and is not it", () => {
  const password = ownerPassword(serverUrl, 'tk_a');
  expect(ownerPassword(serverUrl, 'tk_a')).toBe(password);
  expect(ownerPassword(serverUrl, 'tk_b')).not.toBe(password);
  expect(ownerPassword(serverUrl.replace('s%20cret', 'other'), 'tk_a')).not.toBe(password);
  expect(password).toMatch(/^[\w-]{40,}$/);
});

test('an URL is for another database and role, and keeps its options', () => {
  expect(urlFor(serverUrl, 'tk_1', { name: 'owner', password: 'p' })).toBe(
    'postgres://owner:p@127.0.0.1:5432/tk_1?sslmode=disable',
  );
});
