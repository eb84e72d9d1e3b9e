import { expect, test } from 'vitest';
import { unknownFields } from './unknown-fields.ts';

const $defs = {
  Pet: { type: 'object', properties: { name: {}, friends: { type: 'array', items: { $ref: '#/$defs/Pet' } } } },
  Cat: { allOf: [{ $ref: '#/$defs/Pet' }, { properties: { lives: {} } }] },
  Either: { oneOf: [{ $ref: '#/$defs/Cat' }, { properties: { barks: {} } }] },
  Any: { type: 'object' },
  More: { properties: { name: {} }, additionalProperties: { $ref: '#/$defs/Pet' } },
  Matching: { properties: { name: {} }, patternProperties: { '^x-': {} } },
  Pair: { prefixItems: [{ $ref: '#/$defs/Pet' }], items: { $ref: '#/$defs/Cat' } },
  Loop: { anyOf: [{ $ref: '#/$defs/Loop' }, { $ref: '#/$defs/Pet' }] },
};

test.each([
  ['Pet', { name: 1, age: 2 }, ['age']],
  [
    'Pet',
    { friends: [{ name: 1 }, { age: 2, friends: [{ size: 3 }] }] },
    ['friends/1/age', 'friends/1/friends/0/size'],
  ],
  ['Cat', { name: 1, lives: 9, age: 2 }, ['age']],
  ['Either', { lives: 9, barks: true, age: 2 }, ['age']],
  ['Any', { age: 2 }, []],
  ['More', { age: 2 }, []],
  ['Matching', { age: 2 }, []],
  ['Pair', [{ lives: 1 }, { lives: 1 }, { age: 2 }], ['0/lives', '2/age']],
  ['Loop', { age: 2 }, ['age']],
  ['Pet', 'text', []],
  ['Pet', { constructor: 1 }, ['constructor']],
] as const)('%s: %j', (name, value, unknown) => {
  expect(unknownFields(value, [$defs[name]], $defs).map(({ at }) => at.join('/'))).toEqual(unknown);
});
