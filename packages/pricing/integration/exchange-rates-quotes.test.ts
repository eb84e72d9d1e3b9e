import { expectAnswerWithin, expectAttempts, post } from '@splitlevel/testkit';
import { describe, expect } from 'vitest';
import { askForQuote } from './ask-exchange-rates.ts';
import { test } from './fixtures.ts';

test('exchange-rates quotes the discounted price for a key', async ({ service, exchangeRates }) => {
  const answer = await askForQuote(service);

  const quoted = { id: 'quote-1', amount: '18.93', expiresAt: '2030-01-01T00:00:00Z' };
  expect([answer.status, answer.body], 'the quote of exchange-rates as it gave it').toEqual([201, quoted]);
  const [request] = await exchangeRates.requests();
  expect(request?.json(), 'what exchange-rates was asked').toEqual({ key: 'EUR', amount: '17.49' });
  expect(request?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-request-id': answer.headers.get('x-request-id'),
  });
});

test('a key that exchange-rates does not quote for is not found', async ({ service, exchangeRates }) => {
  await exchangeRates.stub(post('/quotes').body({ key: 'XYZ', amount: '17.49' }).respond(404));
  expect(await askForQuote(service, 'XYZ')).toMatchObject({ status: 404 });
});

describe('a quote is asked for once, since a second could be one too many', () => {
  test.for(['slow', 'trickling'] as const)('%s: 504', async (fault, { startService, exchangeRates }) => {
    const service = await startService({ UPSTREAM_TIMEOUT_MS: '250' });
    await exchangeRates.fault(fault);
    const { status } = await expectAnswerWithin(5000, () => askForQuote(service));
    expect(status, 'an upstream that is slow is not told as such').toBe(504);
    await expectAttempts(exchangeRates, 1);
  });

  test.for([
    ['reset', 502],
    ['empty', 502],
    ['malformed', 502],
    ['flaky', 503],
  ] as const)('%s: %i', async ([fault, status], { service, exchangeRates }) => {
    await exchangeRates.fault(fault);
    expect(await askForQuote(service)).toMatchObject({ status });
    await expectAttempts(exchangeRates, 1);
  });

  test.for([
    ['an error', post('/quotes').respond(500)],
    ['a quote without its amount', post('/quotes').respond(201, { id: 'quote-1' })],
    ['a quote whose amount is a float', post('/quotes').respond(201, { id: 'quote-1', amount: 18.93 })],
    ['a quote whose amount is no number', post('/quotes').respond(201, { id: 'quote-1', amount: 'NaN' })],
    ['a quote of less than nothing', post('/quotes').respond(201, { id: 'quote-1', amount: '-18.93' })],
  ] as const)('%s: 502', async ([, stub], { service, exchangeRates }) => {
    await exchangeRates.stub(stub.times(1));
    const { status } = await askForQuote(service);
    expect(status, 'an answer that cannot be used was taken for a success').toBe(502);
  });
});
