import { describe, expect, test } from 'vitest';
import { Failure } from '../engine/failure.ts';
import type { RunRecord } from '../engine/record/run-record.ts';
import { type Part, withoutPart } from './without-part.ts';

function run(generator: string, answers: RunRecord['answers'], number = 1): RunRecord {
  const id = `${number}-${generator}`;
  return { id, generator, version: '1.0.0', templates: '0'.repeat(16), answers, after: [], files: new Map() };
}

const chosen = {
  name: 'orders',
  entity: 'order',
  database: 'postgres',
  upstream: ['rates', 'stock'],
  cache: 'redis',
  broker: 'nats',
};
const service = run('service', chosen);
const fee = run('entity', { name: 'fee', package: 'orders' }, 2);
const tax = run('stub', { name: 'tax', package: 'orders' }, 3);
const rabbitmq = run('fixture', { kind: 'rabbitmq', package: 'orders' }, 4);
const runs = [service, fee, tax, rabbitmq] as const;

const part = (kind: Part['kind'], name: string): Part => ({ kind, name });

describe('what was added', () => {
  test.each([
    [part('entity', 'fee'), [service, tax, rabbitmq]],
    [part('stub', 'tax'), [service, fee, rabbitmq]],
    [part('fixture', 'rabbitmq'), [service, fee, tax]],
  ])('%o is a run less', (removed, left) => {
    expect(withoutPart('packages/orders', runs, removed)).toEqual(left);
  });
});

describe('what was chosen at the start', () => {
  test.each([
    [part('entity', 'order'), { entity: 'none' }],
    [part('stub', 'rates'), { upstream: ['stock'] }],
    [part('fixture', 'postgres'), { database: 'none' }],
    [part('fixture', 'redis'), { cache: 'none' }],
    [part('fixture', 'nats'), { broker: 'none' }],
  ])('%o is another answer of the first run', (removed, answers) => {
    expect(withoutPart('packages/orders', runs, removed)).toEqual([
      { ...service, answers: { ...chosen, ...answers } },
      fee,
      tax,
      rabbitmq,
    ]);
  });
});

describe('what no run brought is refused, with what there is', () => {
  test.each([
    [part('entity', 'fees'), 'has no entity fees that a generator made; did you mean fee?', 'It has: order, fee.'],
    [part('stub', 'weather'), 'has no stub weather that a generator made', 'It has: rates, stock, tax.'],
    [
      part('fixture', 'mariadb'),
      'has no fixture mariadb that a generator made',
      'It has: postgres, redis, nats, rabbitmq.',
    ],
  ])('%o', (absent, message, remedy) => {
    const failure = refusal(() => withoutPart('packages/orders', runs, absent));
    expect(failure).toMatchObject({ exitCode: 3, message: `packages/orders ${message}`, remedy });
  });

  test('or that there is nothing', () => {
    const bare = run('library', { name: 'sums', integration: false });
    const failure = refusal(() => withoutPart('packages/sums', [bare], part('fixture', 'redis')));
    expect(failure.remedy).toBe('Remove by hand what was made by hand.');
  });
});

test('none is no part', () => {
  const bare = run('service', { ...chosen, entity: 'none', database: 'none' });
  expect(refusal(() => withoutPart('packages/orders', [bare], part('entity', 'none'))).exitCode).toBe(3);
});

function refusal(attempt: () => unknown): Failure {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Failure) {
      return error;
    }
    throw error;
  }
  throw new Error('It was not refused.');
}
