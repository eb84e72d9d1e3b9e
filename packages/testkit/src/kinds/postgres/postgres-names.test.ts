import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugOf } from '../shared/database-names.ts';
import { hashOf, lockKey, newTemplateId, ownerName, templateName } from './postgres-names.ts';

test('identifiers are safe and fit, whatever the package is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 250 }), (name) => {
      for (const identifier of [templateName, ownerName].map((nameIt) =>
        nameIt(slugOf(name), newTemplateId(hashOf(name))),
      )) {
        expect(identifier).toMatch(/^tk_[a-z0-9_]+$/);
        expect(identifier.length).toBeLessThanOrEqual(63);
      }
    }),
  );
});

test('hashes keep their parts apart', () => {
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
});

test('the key of a lock is a signed number of 32 bits', () => {
  expect(lockKey('ffffffff')).toBe(-1);
  expect(lockKey('00000010ffff')).toBe(16);
});
