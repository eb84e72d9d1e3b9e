import { describe, expect, test, vi } from 'vitest';
import { Failure } from '../failure.ts';
import { defineGenerator } from '../generator.ts';
import type { Workspace } from '../workspace.ts';
import { type Ask, askAnswers, BACK, completeAnswers } from './answers.ts';
import { choice, integer, list, onlyWhen, text } from './options.ts';

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
  completeAnswers(generator, new Map(Object.entries(given)), ask, workspace);

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
    [{ name: 'a', owner: 'x', upstream: 'rates' }, '--upstream: must be a list of strings'],
    [
      { name: 'a', owner: 'x', database: 'postgres', poolSize: 10 },
      '--pool-size: must be an integer from 1 to 9, not 10',
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

describe('the way back', () => {
  /** Answers each question by its name, in turn. */
  function dialogue(turns: readonly [string, unknown][]) {
    const waiting = [...turns];
    const offered: [string, unknown][] = [];
    const ask: Ask = (name, _option, standard) => {
      const turn = waiting.shift();
      expect(name).toBe(turn?.[0]);
      offered.push([name, standard]);
      return Promise.resolve(turn?.[1] === 'default' ? standard : turn?.[1]);
    };
    return { ask, offered, waiting };
  }

  test('asks the question before again, with what was answered; defaults are derived anew', async () => {
    const { ask, offered, waiting } = dialogue([
      ['name', BACK],
      ['name', 'order'],
      ['description', 'default'],
      ['database', 'postgres'],
      ['poolSize', BACK],
      ['database', BACK],
      ['description', BACK],
      ['name', 'orders'],
      ['description', 'default'],
      ['database', 'default'],
      ['poolSize', 'default'],
      ['upstream', ['rates']],
    ]);
    const { answers, asked } = await askAnswers(generator, new Map([['owner', 'me']]), ask, workspace);
    expect(waiting).toEqual([]);
    expect(answers).toEqual({
      name: 'orders',
      owner: 'me',
      description: 'The orders service',
      database: 'postgres',
      poolSize: 5,
      upstream: ['rates'],
    });
    expect(asked).toEqual(['name', 'description', 'database', 'poolSize', 'upstream']);
    expect(offered.slice(5, 10)).toEqual([
      ['database', 'postgres'],
      ['description', 'The order service'],
      ['name', 'order'],
      ['description', 'The orders service'],
      ['database', 'postgres'],
    ]);
  });

  test('leads from the end to the last question that was asked', async () => {
    const given = new Map<string, unknown>([
      ['owner', 'me'],
      ['upstream', []],
    ]);
    const earlier = {
      answers: { name: 'a', owner: 'me', description: 'x', database: 'none', poolSize: undefined, upstream: [] },
      asked: ['name', 'description', 'database'],
    };
    const { ask, offered } = dialogue([
      ['database', BACK],
      ['description', 'y'],
      ['database', 'default'],
    ]);
    const { answers } = await askAnswers(generator, given, ask, workspace, earlier);
    expect(answers).toEqual({ ...earlier.answers, description: 'y' });
    expect(offered[1]).toEqual(['description', 'x']);
  });
});
