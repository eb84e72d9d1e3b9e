import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cloneName, newSession, ownerPassword, slugOf, urlFor } from './database-names.ts';

const serverUrl = 'postgres://postgres:s%20cret@127.0.0.1:5432/postgres?sslmode=disable';

describe('identifiers', () => {
  test('are safe and fit, whatever the package is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 250 }), fc.nat(), (name, number) => {
        const identifier = cloneName(slugOf(name), newSession(), number);
        expect(identifier).toMatch(/^tk_[a-z0-9_]+$/);
        expect(identifier.length).toBeLessThanOrEqual(63);
      }),
    );
  });

  test('leave the scope of a package out', () => {
    expect(slugOf('@splitlevel/exchange-rates')).toBe('exchange_rates');
  });
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
