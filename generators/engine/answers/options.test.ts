import { describe, expect, test } from 'vitest';
import type { Workspace } from '../workspace.ts';
import { answersTo, choice, flag, integer, list, onlyWhen, text } from './options.ts';

const workspace: Workspace = { root: '/', scope: '@acme', version: '1.0.0', versions: {}, projects: new Map() };
const context = { answers: {}, workspace };

describe('what each kind of option accepts', () => {
  const option = text({ description: 'x', maximumLength: 5 });

  test.each(['', 'a', '`${x`', '{{x}}', '😀😀😀😀😀'])('text: %j', (value) => {
    expect(option.check(value)).toBeUndefined();
  });

  test.each(['a\nb', 'a\r', 'a\u0000', 'a\u2028', '\ud800', 'a\u0085'])('no text: %j', (value) => {
    expect(option.check(value)).toContain('one line of plain text');
  });

  test('no text: what is none, or too long', () => {
    expect(option.check(3)).toBe('must be a string, not 3');
    expect(option.check('sixsix')).toBe('has 6 characters; at most 5 are allowed');
    expect(option.check(undefined)).toBe('must be a string, not undefined');
  });

  test('an integer within bounds, both included', () => {
    const port = integer({ description: 'x', minimum: 1, maximum: 10 });
    expect([1, 10].map((each) => port.check(each))).toEqual([undefined, undefined]);
    expect([0, 11, 1.5, '5', Number.NaN, null].map((each) => port.check(each))).not.toContain(undefined);
    expect(port.check('x')).toBe('must be an integer from 1 to 10, not "x"');
  });

  test('a choice, by the very word', () => {
    const database = choice({ description: 'x', choices: ['postgres', 'none'] });
    expect(database.check('none')).toBeUndefined();
    expect(database.check('None')).toBe('must be one of postgres, none, not "None"');
    expect(database.check('x'.repeat(500))?.length).toBeLessThan(150);
  });

  test('a flag: true or false', () => {
    expect(flag({ description: 'x' }).check(false)).toBeUndefined();
    expect(flag({ description: 'x' }).check('false')).toBe('must be true or false, not "false"');
  });

  test('a list: strings, each once', () => {
    const upstream = list({ description: 'x' });
    expect(upstream.check([])).toBeUndefined();
    expect(upstream.check(['a', 'b'])).toBeUndefined();
    expect(upstream.check('a')).toBe('must be a list of strings');
    expect(upstream.check(['a', 'b', 'a'])).toBe('has "a" twice');
    expect(upstream.check(['a', 1])).toBe('must be a string, not 1');
  });
});

test('each item of a list is checked, with those before it at hand', () => {
  const seen: (readonly string[])[] = [];
  const upstream = list({
    description: 'x',
    validate: (item, _context, earlier) => {
      seen.push(earlier);
      return item === 'bad' ? 'is bad' : undefined;
    },
  });
  expect(upstream.validate?.(['a', 'bad'], context)).toBe('is bad');
  expect(upstream.validate?.(['a', 'b'], context)).toBeUndefined();
  expect(seen).toContainEqual(['a']);
});

test('an option may depend on earlier answers', () => {
  const option = onlyWhen(({ answers }) => answers.database !== 'none', text({ description: 'x' }));
  expect(option.when?.({ answers: { database: 'none' }, workspace })).toBe(false);
  expect(option.when?.({ answers: { database: 'postgres' }, workspace })).toBe(true);
});

describe('answers with the types of their options', () => {
  const options = {
    name: text({ description: 'x' }),
    port: onlyWhen(() => false, integer({ description: 'x', minimum: 1, maximum: 9 })),
  };

  test('are the checked ones; one that does not apply is undefined', () => {
    const answers = { name: 'orders', port: undefined };
    expect(answersTo(options, answers)).toBe(answers);
    expect(answersTo(options, { name: 'orders', port: 5 }).port?.toFixed(1)).toBe('5.0');
  });

  test.each([{ name: 3 }, { name: undefined, port: 5 }, { name: 'orders', port: '5' }])('are not %j', (answers) => {
    expect(() => answersTo(options, answers)).toThrow('were not checked against name, port');
  });
});
