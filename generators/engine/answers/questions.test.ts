import { describe, expect, test } from 'vitest';
import type { Workspace } from '../workspace.ts';
import { choice, flag, integer, list, type Option, text } from './options.ts';
import { askForGenerator, askWith, type Inquirer } from './questions.ts';

const workspace: Workspace = { root: '/', scope: '@acme', version: '1.0.0', versions: {}, projects: new Map() };

interface Question {
  readonly type: string;
  readonly message: string;
  readonly default: unknown;
  validate(typed: unknown): true | string;
}

/** Puts the question of an option, and answers it as a person who types. */
async function ask(option: Option, standard: unknown, typed: unknown) {
  let question: Question | undefined;
  const inquirer: Inquirer = {
    prompt: (questions) => {
      question = questions[0] as Question;
      return Promise.resolve({ answer: typed });
    },
  };
  const answer = await askWith(inquirer)('name', option, standard, { answers: {}, workspace });
  return { answer, question, verdict: question?.validate(typed) };
}

test('an option of text is asked by its question, or by its description', async () => {
  const asked = await ask(text({ description: 'Name', question: 'Which name?' }), 'x', 'orders');
  expect(asked).toMatchObject({
    answer: 'orders',
    verdict: true,
    question: { type: 'input', message: 'Which name?', default: 'x' },
  });
  expect((await ask(text({ description: 'Name' }), undefined, 'x')).question?.message).toBe('Name');
});

test('a list is typed with commas', async () => {
  const asked = await ask(list({ description: 'Upstreams' }), ['a', 'b'], ' rates, stock ,');
  expect(asked).toMatchObject({ answer: ['rates', 'stock'], verdict: true, question: { default: 'a, b' } });
  expect((await ask(list({ description: 'Upstreams' }), [], '')).answer).toEqual([]);
});

test('commas in parentheses are part of an item', async () => {
  const asked = await ask(list({ description: 'Fields' }), [], 'price:numeric(12,2),tax:numeric(4,4), note:text');
  expect(asked.answer).toEqual(['price:numeric(12,2)', 'tax:numeric(4,4)', 'note:text']);
});

test('a number is read from what was typed, and is one already where the default was taken', async () => {
  const port = integer({ description: 'Port', minimum: 1, maximum: 9 });
  expect(await ask(port, 3, '4')).toMatchObject({ answer: 4, verdict: true });
  expect(await ask(port, 3, 3)).toMatchObject({ answer: 3, verdict: true });
});

describe('an answer that is wrong is refused with its sentence', () => {
  test.each([
    [integer({ description: 'Port', minimum: 1, maximum: 9 }), '12', 'must be an integer from 1 to 9, not 12'],
    [integer({ description: 'Port', minimum: 1, maximum: 9 }), 'x', 'must be an integer from 1 to 9, not "x"'],
    [text({ description: 'Name', validate: () => 'is taken' }), 'x', 'is taken'],
    [list({ description: 'Upstreams' }), 'a,a', 'has "a" twice'],
  ])('%#', async (option, typed, sentence) => {
    expect((await ask(option, undefined, typed)).verdict).toBe(sentence);
  });
});

test('choices and flags have questions of their own kinds', async () => {
  const database = choice({ description: 'Database', choices: ['postgres', 'none'] });
  expect((await ask(database, 'none', 'none')).question).toMatchObject({
    type: 'list',
    choices: ['postgres', 'none'],
  });
  expect((await ask(flag({ description: 'Verbose' }), false, true)).question).toMatchObject({
    type: 'confirm',
  });
});

test('the generator is chosen from a list', async () => {
  const inquirer: Inquirer = { prompt: () => Promise.resolve({ answer: 'service' }) };
  expect(await askForGenerator(inquirer, [{ name: 'service', description: 'A service' }])).toBe('service');
});
