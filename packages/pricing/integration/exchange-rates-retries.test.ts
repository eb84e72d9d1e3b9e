import { expectAttempts, get } from '@splitlevel/testkit';
import { expect } from 'vitest';
import { askForPrice } from './ask-exchange-rates.ts';
import { test } from './fixtures.ts';

/** exchange-rates has too many requests, and says in how many seconds to come back. */
const busy = (seconds: number) => ({
  ...get('/factors/EUR').respond(429, undefined, { 'retry-after': String(seconds) }).mapping,
  priority: 1,
  scenarioName: 'busy once',
  requiredScenarioState: 'Started',
  newScenarioState: 'over',
});

test('when exchange-rates fails once, the next attempt succeeds', async ({ service, exchangeRates }) => {
  await exchangeRates.fault('flaky');
  expect(await askForPrice(service)).toMatchObject({ status: 200 });
  await expectAttempts(exchangeRates, 2);
});

test('a short wait that exchange-rates asks for is kept', async ({ service, exchangeRates }) => {
  await exchangeRates.stub(busy(1));
  const start = performance.now();
  expect(await askForPrice(service)).toMatchObject({ status: 200 });
  expect(performance.now() - start, 'milliseconds, of the second that exchange-rates asked for').toBeGreaterThan(900);
  await expectAttempts(exchangeRates, 2);
});

test('a long wait that exchange-rates asks for is passed on to the caller', async ({ service, exchangeRates }) => {
  await exchangeRates.stub(busy(60));
  const { status, headers, body: problem } = await askForPrice(service);
  expect([status, headers.get('retry-after'), problem.detail], 'the wait is not passed on').toEqual([
    503,
    '60',
    'exchange-rates answered 429',
  ]);
  await expectAttempts(exchangeRates, 1);
});
