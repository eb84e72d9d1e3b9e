import { expect, test } from 'vitest';
import { UnavailableError } from './errors.ts';
import { createHandler } from './handle-message.ts';
import { type Message, RejectedMessageError } from './message.ts';

const request = { id: 'request-1', type: 'discount-requested', body: { price: '80', discountPercent: '25' } };

test('a request is answered, and twice with the same id when it comes twice', async () => {
  const published: Message[] = [];
  const handle = createHandler({ publish: async (message) => void published.push(message) });
  await handle(request);
  await handle(request);
  const body = { price: '80', discountPercent: '25', discountedPrice: '60.00' };
  const answer = { id: 'request-1.discounted', type: 'discounted', body };
  expect(published).toEqual([answer, answer]);
});

test.for([
  ['of an unknown type', { ...request, type: 'weather' }, 'the type "weather" is unknown'],
  ['without an id', { ...request, id: '' }, 'the message has no id'],
  ['with a float', { ...request, body: { price: 80 } }, 'the body is not valid'],
  ['with no body', { ...request, body: undefined }, 'the body is not valid'],
] as const)('a message %s is rejected, and nothing is published', async ([, message, reason]) => {
  const handle = createHandler({ publish: () => expect.unreachable('it was answered') });
  await expect(handle(message)).rejects.toThrow(RejectedMessageError);
  await expect(handle(message)).rejects.toThrow(reason);
});

test('an answer that cannot be published fails the handling, so that the request comes again', async () => {
  const handle = createHandler({ publish: () => Promise.reject(new UnavailableError('down')) });
  await expect(handle(request)).rejects.toThrow(new UnavailableError('down'));
});
