import { expect, test } from 'vitest';
import { UnavailableError } from './errors.ts';
import { createHandler } from './handle-message.ts';
import { type Message, RejectedMessageError } from './message.ts';

const ping = { id: 'ping-1', type: 'ping', body: { text: 'milk' } };

test('a message is answered, and twice with the same id when it comes twice', async () => {
  const published: Message[] = [];
  const handle = createHandler({ publish: async (message) => void published.push(message) });
  await handle(ping);
  await handle(ping);
  const pong = { id: 'ping-1.pong', type: 'pong', body: { text: 'milk' } };
  expect(published).toEqual([pong, pong]);
});

test.for([
  ['of an unknown type', { ...ping, type: 'weather' }, 'the type "weather" is unknown'],
  ['without an id', { ...ping, id: '' }, 'the message has no id'],
] as const)('a message %s is rejected, and nothing is published', async ([, message, reason]) => {
  const handle = createHandler({ publish: () => expect.unreachable('it was answered') });
  await expect(handle(message)).rejects.toThrow(RejectedMessageError);
  await expect(handle(message)).rejects.toThrow(reason);
});

test('an answer that cannot be published fails the handling, so that the message comes again', async () => {
  const handle = createHandler({ publish: () => Promise.reject(new UnavailableError('down')) });
  await expect(handle(ping)).rejects.toThrow(new UnavailableError('down'));
});
