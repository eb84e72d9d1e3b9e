import { describe, expect, test, vi } from 'vitest';
import { type Ask, completeAnswers, parseAnswersFile } from './answers.ts';
import { Failure } from './failure.ts';
import { defineGenerator } from './generator.ts';
import { choice, integer, list, onlyWhen, text } from './options.ts';
import type { Workspace } from './workspace.ts';

const workspace: Workspace = { root: '/', scope: '@acme', version: '1.0.0', versions: {}, projects: new Map() };
const generator = defineGenerator({
  name: 'service',
  description: 'A service',
  options: {
    name: text({ description: 'Name', validate: (name) => (name === 'bad' ? 'is bad' : undefined) }),
    owner: text({ description: 'Owner' }),
    description: text({ description: 'What for', default: ({ answers }) => `The ${answers.name} service` }),
    database: choice({ description: 'Database', choices: ['postgres', 'none'], default: 'none' }),
    poolSize: onlyWhen(
      ({ answers }) => answers.database === 'postgres',
      integer({ description: 'Pool', minimum: 1, maximum: 9, default: 5 }),
    ),
    upstream: list({ description: 'Upstream', default: [] }),
  },
  model: () => ({ folder: 'x', layers: [] }),
  nextSteps: () => [],
});

const complete = (given: Record<string, unknown>, ask?: Ask) =>
  completeAnswers(generator as never, new Map(Object.entries(given)), ask, workspace);

test('defaults fill what is not given; those that derive from earlier answers too', async () => {
  expect(await complete({ name: 'orders', owner: 'me' })).toEqual({
    name: 'orders',
    owner: 'me',
    description: 'The orders service',
    database: 'none',
    poolSize: undefined,
    upstream: [],
  });
});

test('an option that depends on another has its default where it applies', async () => {
  expect(await complete({ name: 'a', owner: 'me', database: 'postgres' })).toMatchObject({ poolSize: 5 });
});

test('with nobody to ask, all answers that are missing are named by their flags', async () => {
  await expect(complete({})).rejects.toThrow(/^--name, --owner must be given: there is no default, and nobody to ask/);
});

describe('wrong values', () => {
  test.each([
    [{ name: 'bad', owner: 'x' }, '--name: is bad'],
    [{ name: 'a', owner: 'x', database: 'oracle' }, '--database: must be one of postgres, none, not "oracle"'],
    [{ name: 'a', owner: 'x', poolSize: 5 }, '--pool-size: does not apply to the other answers; leave it out'],
    [{ name: 'a', owner: 'x', upstream: 'rates' }, '--upstream: must be a list of texts'],
    [
      { name: 'a', owner: 'x', database: 'postgres', poolSize: 10 },
      '--pool-size: must be a whole number from 1 to 9, not 10',
    ],
  ])('%j', async (given, sentence) => {
    const failure = await complete(given).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ message: sentence, exitCode: 2 });
  });

  test('are refused before the first question', async () => {
    const ask = vi.fn<Ask>();
    await expect(complete({ database: 'oracle' }, ask)).rejects.toThrow('--database');
    expect(ask).not.toHaveBeenCalled();
  });
});

test('a person is asked what was not given, with the default at hand', async () => {
  const asked: [string, unknown][] = [];
  const answers = await complete({ owner: 'me' }, (name, _option, standard) => {
    asked.push([name, standard]);
    return Promise.resolve(name === 'name' ? 'orders' : standard);
  });
  expect(asked).toEqual([
    ['name', undefined],
    ['description', 'The orders service'],
    ['database', 'none'],
    ['upstream', []],
  ]);
  expect(answers).toMatchObject({ name: 'orders', owner: 'me' });
});

describe('an answers file', () => {
  const parse = (content: string) => parseAnswersFile(content, 'answers.json', generator as never);

  test('gives values by the names of the options', () => {
    expect(parse('{"name": "orders", "poolSize": 3, "upstream": ["a"]}')).toEqual(
      new Map<string, unknown>([
        ['name', 'orders'],
        ['poolSize', 3],
        ['upstream', ['a']],
      ]),
    );
  });

  test.each([
    ['{', /^answers\.json is not JSON: /],
    ['[]', /must hold one JSON object/],
    ['null', /must hold one JSON object/],
    ['"x"', /must hold one JSON object/],
    ['{"nme": 1}', /^"nme" in answers\.json is not an option of service; did you mean name\?/],
    ['{"__proto__": {"name": "x"}}', /^"__proto__" in answers\.json is not an option/],
    ['{"constructor": 1}', /^"constructor" in answers\.json is not an option/],
  ])('%s is refused', (content, sentence) => {
    expect(() => parse(content)).toThrow(sentence);
  });
});
