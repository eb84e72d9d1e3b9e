import { expect, test } from 'vitest';
import { UnavailableError } from './errors.ts';
import { createHandler } from './handle-message.ts';
import { RejectedMessageError } from './message.ts';
import { AlreadyProcessedError } from './processed-messages.ts';

const ping = { id: 'ping-1', type: 'ping', body: { text: 'milk' } };

test('a message is answered, under its id', async () => {
  const calls: unknown[] = [];
  const handle = createHandler(async (...call) => void calls.push(call));
  await handle(ping);
  expect(calls).toEqual([['ping-1', { text: 'milk' }]]);
});

test.for([
  ['of an unknown type', { ...ping, type: 'weather' }, 'the type "weather" is unknown'],
  ['without an id', { ...ping, id: '' }, 'the message has no id'],
  ['with an id that is too long', { ...ping, id: 'i'.repeat(201) }, 'the message has no id, or one that is too long'],
] as const)('a message %s is rejected, and has no effect', async ([, message, reason]) => {
  const handle = createHandler(() => expect.unreachable('it was answered'));
  await expect(handle(message)).rejects.toThrow(RejectedMessageError);
  await expect(handle(message)).rejects.toThrow(reason);
});

test.for([
  ['that came before has no effect', new AlreadyProcessedError(), undefined],
  ['that cannot be handled now fails as it is', new UnavailableError('down'), new UnavailableError('down')],
] as const)('a message %s', async ([, failure, told]) => {
  const handle = createHandler(() => Promise.reject(failure));
  expect(await handle(ping).catch((error: unknown) => error)).toEqual(told);
});
