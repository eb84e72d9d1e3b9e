import { expectAnswerWithin, expectAttempts, get } from '@splitlevel/testkit';
import { describe, expect } from 'vitest';
import { askForPrice } from './ask-exchange-rates.ts';
import { test } from './fixtures.ts';

/** Three attempts of 250 ms and the waits between them take 1.1 seconds; the rest is for a busy machine. */
const patience = 5000;

const noSuccess = 'an answer that cannot be used was taken for a success';

describe('when exchange-rates is out of order, the caller is told in time', () => {
  test.for(['slow', 'trickling'] as const)(
    '%s: 504 after 3 attempts',
    async (fault, { startService, exchangeRates }) => {
      const service = await startService({ UPSTREAM_TIMEOUT_MS: '250' });
      await exchangeRates.fault(fault);
      const answer = await expectAnswerWithin(patience, () => askForPrice(service));
      expect(answer).toMatchObject({ status: 504, body: { detail: 'exchange-rates took longer than 250 ms' } });
      await expectAttempts(exchangeRates, 3);
    },
  );

  test.for([
    ['down', 0],
    ['reset', 3],
    ['empty', 3],
    ['malformed', 3],
  ] as const)('%s: 502 after %i attempts', async ([fault, attempts], { service, exchangeRates }) => {
    await exchangeRates.fault(fault);
    const answer = await expectAnswerWithin(patience, () => askForPrice(service));
    const detail = 'exchange-rates could not be reached or broke off';
    expect(answer).toMatchObject({ status: 502, body: { status: 502, detail } });
    await expectAttempts(exchangeRates, attempts);
  });
});

describe('an answer of exchange-rates that is not a factor is not taken for one', () => {
  const json = { 'content-type': 'application/json' };
  test.for([
    ['an error', 502, 3, get('/factors/EUR').respond(500, { factor: '1.0825' })],
    ['a refusal', 502, 1, get('/factors/EUR').respond(403, { factor: '1.0825' })],
    ['a redirect', 502, 1, get('/factors/EUR').respond(302, undefined, { location: '/factors/USD' })],
    ['another document', 502, 1, get('/factors/EUR').respond(200, { factor: 1.0825 })],
    ['no number', 502, 1, get('/factors/EUR').respond(200, { factor: 'NaN' })],
    ['a negative number', 502, 1, get('/factors/EUR').respond(200, { factor: '-1.0825' })],
    ['a number without an end', 502, 1, get('/factors/EUR').respond(200, { factor: 'Infinity' })],
    ['half a document', 502, 1, get('/factors/EUR').respond(200, '{"factor":', json)],
    ['no document', 502, 1, get('/factors/EUR').respond(200, '', json)],
    ['a page', 502, 1, get('/factors/EUR').respond(200, '{"factor":"1.0825"}', { 'content-type': 'text/html' })],
    ['more than 1 MiB', 502, 1, get('/factors/EUR').respond(200, { factor: '1.0825', more: 'x'.repeat(2 ** 20) })],
  ] as const)('%s: %i after %i attempts', async ([, status, attempts, stub], { service, exchangeRates }) => {
    await exchangeRates.stub(stub);
    const answer = await askForPrice(service);
    expect(answer.status, noSuccess).toBe(status);
    expect(answer.headers.get('content-type'), 'errors must be problem documents').toContain(
      'application/problem+json',
    );
    await expectAttempts(exchangeRates, attempts);
  });
});
