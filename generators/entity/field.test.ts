import { describe, expect, test } from 'vitest';
import { postgres } from './databases/postgres.ts';
import { checkField, readField } from './field.ts';

const check = (text: string, ...earlier: string[]) => checkField(text, [postgres], earlier);

describe('a field is read', () => {
  test.each([
    ['note:text', { camel: 'note', snake: 'note', nullable: false }, "'text'"],
    ['note:text?', { nullable: true }, "'text'"],
    [
      ' unit-price : NUMERIC ( 12 , 2 ) ? ',
      { camel: 'unitPrice', snake: 'unit_price', nullable: true },
      "'numeric(12, 2)'",
    ],
    ['whole:decimal(9)', {}, "'numeric(9, 0)'"],
    ['code:character  varying(3)', {}, "'varchar(3)'"],
    ['at:timestamp with time zone', {}, "'timestamptz'"],
    ['weight:double precision', {}, "'double precision'"],
    ['count:int4', {}, "'integer'"],
    ['counts:int[]?', { nullable: true }, 'sql`integer[]`'],
    ['tags:text []', {}, 'sql`text[]`'],
    ['class:text', { camel: 'class' }, "'text'"],
    ['default:text', { camel: 'default' }, "'text'"],
  ])('%s', (text, spelling, migration) => {
    expect(readField(text, postgres)).toMatchObject({ ...spelling, column: { migration } });
    expect(check(text)).toBeUndefined();
  });
});

describe('a field is refused with a sentence', () => {
  test.each([
    ['note', '"note" is not a field: write NAME:TYPE, as in unit-price:numeric(12,2)'],
    ['note:', '"note:" is not a field'],
    ['note:text??', 'is not a field'],
    ['note:text!', 'is not a field'],
    ['note:text; drop table users', 'is not a field'],
    ["note:text') --", 'is not a field'],
    ['note:varchar(-1)', 'is not a field'],
    ['note:varchar(9999999999)', 'is not a field'],
    ['${note}:text', '"${note}" is not a name in kebab-case'],
    ['../note:text', 'is not a name in kebab-case'],
    ['unitPrice:text', 'is not a name in kebab-case'],
    ['unit_price:text', 'is not a name in kebab-case'],
    ['__proto__:text', 'is not a name in kebab-case'],
    [`${'a'.repeat(41)}:text`, 'at most 40 are allowed'],
    ['id:uuid', 'every entity has a field id of its own'],
    ['then:uuid', 'await takes an object that has it for a promise'],
    ['constructor:text', 'every object of JavaScript has constructor'],
    ['to-string:text', 'every object of JavaScript has toString'],
    ['xmin:text', 'every table of postgres has a column xmin of its own'],
    [
      'note:txt',
      '"txt" is not a type of postgres that fields may have; did you mean text?; there are: text, varchar(n)',
    ],
    ['note:json', 'did you mean jsonb?'],
    ['note:timestamp', '"timestamp" is not a type of postgres'],
    ['note:datetime', 'did you mean timestamptz?'],
    ['note:double', 'did you mean double precision?'],
    ['note:jsonb[]', '"jsonb[]" is not a type of postgres'],
    ['note:text(3)', 'the type of note takes no numbers; write text'],
    ['code:varchar', 'the type of code needs its length, an integer from 1 to 10000'],
    ['code:varchar(0)', 'needs its length'],
    ['code:varchar(10001)', 'longer strings are of type text'],
    ['price:numeric', 'the type of price needs its digits, 1 to 1000 in all'],
    ['price:numeric(2,3)', 'needs its digits'],
    ['price:numeric(1001)', 'needs its digits'],
    ['price:numeric(12,2,1)', 'needs its digits'],
  ])('%s', (text, sentence) => {
    expect(check(text)).toContain(sentence);
  });
});

test.each([
  ['note:text', 'note:date', 'there are two fields note; name each once'],
  ['line2:text', 'line-2:date', 'the fields line-2 and line2 would both be line2; choose another name for one'],
])('%s after %s is refused', (text, earlier, sentence) => {
  expect(check(text, 'other:text', earlier)).toBe(sentence);
});

test('a type that one of several databases has is taken', () => {
  const other = { ...postgres, name: 'other', types: postgres.types.filter(({ form }) => form !== 'jsonb') };
  expect(checkField('note:jsonb', [other, postgres], [])).toBeUndefined();
  expect(checkField('note:jsonb', [other], [])).toContain('not a type of other');
});
