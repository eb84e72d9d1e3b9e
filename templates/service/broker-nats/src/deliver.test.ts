import type { JsMsg } from '@nats-io/jetstream';
import { describe, expect, test } from 'vitest';
import { attempts, deliver } from './deliver.ts';
import { RejectedMessageError } from './message.ts';

const message = { id: 'request-1', type: 'note-written', body: { text: 'milk' } };

/** Delivers a message, and resolves with what was done, in order. */
async function outcomeOf({ text = JSON.stringify(message), attempt = 1, failure = undefined as Error | undefined }) {
  const done: unknown[] = [];
  const delivery = {
    seq: 1,
    subject: 'events.note-written',
    info: { deliveryCount: attempt },
    json: () => JSON.parse(text),
    ack: () => done.push('ack'),
    nak: (wait: number) => done.push(`nak ${wait}`),
    term: () => done.push('term'),
  };
  await deliver(delivery as unknown as JsMsg, {
    async handle(handled) {
      done.push(handled);
      if (failure) {
        throw failure;
      }
    },
    bury: async (_delivery, reason) => void done.push(reason),
    retryMs: 100,
    log: { warn: () => {} },
  });
  return done;
}

test('a message that was handled is dealt with', async () => {
  expect(await outcomeOf({})).toEqual([message, 'ack']);
});

describe('a message whose handling failed', () => {
  const failure = new Error('not now');

  test.for([1, attempts - 1])('comes again after attempt %i', async (attempt) => {
    expect(await outcomeOf({ failure, attempt })).toEqual([message, 'nak 100']);
  });

  test('is put with the dead letters after the last attempt, before the broker forgets it', async () => {
    expect(await outcomeOf({ failure, attempt: attempts })).toEqual([message, 'Error: not now', 'term']);
  });

  test('is put there at once when it was rejected', async () => {
    const rejected = new RejectedMessageError('unknown');
    expect(await outcomeOf({ failure: rejected })).toEqual([message, 'RejectedMessageError: unknown', 'term']);
  });
});

test('a message during which the process died each time is not tried again', async () => {
  const reason = `RejectedMessageError: it was delivered ${attempts + 1} times`;
  expect(await outcomeOf({ attempt: attempts + 1 })).toEqual([reason, 'term']);
});

test.for(['no JSON', '{}', 'null', '{"id":1,"type":"note-written"}'])('%j is not a message', async (text) => {
  expect(await outcomeOf({ text })).toEqual(['RejectedMessageError: it is not a message', 'term']);
});
