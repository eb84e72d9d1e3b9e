import { expect, test } from 'vitest';
import { choice, flag, integer, list, onlyWhen, text } from '../../generators/engine/answers/options.ts';
import { valuesOf } from './option-values.ts';

const supply = {
  samples: { title: ['<b>'], field: [['a:text'], ['a:text', 'b:int']], alone: [['a']] },
  packages: ['made-1', 'made-2'],
};
const description = 'D';

test.each([
  ['forge', choice({ description, choices: ['a', 'b', 'c'], default: 'b' }), ['a', 'b', 'c']],
  ['wanted', flag({ description, default: false }), [true, false]],
  ['port', integer({ description, default: 3000, minimum: 1, maximum: 9 }), [undefined, 1, 9]],
  ['port', integer({ description, minimum: 1, maximum: 9 }), [1, 9]],
  ['title', text({ description, default: '' }), [undefined, '<b>']],
  ['title', text({ description }), ['<b>']],
  ['name', text({ description, positional: true }), ['row-1', `row-1-${'n'.repeat(34)}`]],
  ['package', text({ description }), ['made-1', 'made-2']],
  ['field', list({ description }), [['a:text'], ['a:text', 'b:int'], []]],
  ['forge', onlyWhen(() => true, choice({ description, choices: ['a', 'b'], default: 'b' })), ['a', 'b', undefined]],
])('the values of --%s: %j', (name, option, expected) => {
  expect(valuesOf(name, option, supply).map(({ given }) => given?.('row-1'))).toEqual(expected);
});

test.each([
  ['colour', text({ description, default: 'red' }), '--colour (text) has no values to try'],
  ['fields', list({ description }), '--fields (list) has no values to try'],
  ['alone', list({ description }), '--alone (list) has no values to try'],
  ['forge', choice({ description, choices: [] }), '--forge (choice) has no values to try'],
])('an option with nothing to choose from is an error: --%s', (name, option, sentence) => {
  expect(() => valuesOf(name, option, supply)).toThrow(`${sentence}: give it some in test/matrix/samples.ts`);
});
