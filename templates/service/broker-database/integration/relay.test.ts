import { describe, expect } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createDatabase } from '../src/database.ts';
import type { Message } from '../src/message.ts';
import { addToOutbox, publishOutbox } from '../src/outbox.ts';
import { test as base } from './fixtures.ts';

interface Relay {
  /** The numbers that the broker has taken, in order, and the ids of their messages. */
  readonly taken: { readonly number: unknown; readonly id: string }[];
  /** The numbers that it refuses. */
  readonly refused: Set<unknown>;
  run(signal?: AbortSignal): Promise<boolean>;
}

/** The outbox, with messages of the numbers 1 to 3 in it, and a broker that refuses what a test says. */
const test = base
  .extend('outbox', ({ environment }, { onCleanup }) => {
    const database = createDatabase(readConfig(environment), () => {});
    onCleanup(() => database.destroy());
    return database;
  })
  .extend('relay', async ({ outbox }): Promise<Relay> => {
    await outbox.transaction().execute(async (transaction) => {
      for (const number of [1, 2, 3]) {
        await addToOutbox(transaction, 'numbered', { number });
      }
    });
    const taken: Relay['taken'] = [];
    const refused = new Set<unknown>();
    const publish = async ({ id, body }: Message) => {
      const { number } = body as { number: unknown };
      if (refused.has(number)) {
        throw new Error(`${number} was not taken`);
      }
      taken.push({ number, id });
    };
    return {
      taken,
      refused,
      run: (signal = new AbortController().signal) => publishOutbox(outbox, { publish }, signal),
    };
  });

const numbersOf = ({ taken }: Relay) => taken.map(({ number }) => number);

describe('relay: a message leaves the outbox when the broker has taken it, and not before', () => {
  test('what it does not take stays, with what comes after it', async ({ relay }) => {
    relay.refused.add(2);
    await expect(relay.run()).rejects.toThrow('2 was not taken');
    expect(numbersOf(relay), 'published though the one before was not').toEqual([1]);
    relay.refused.clear();
    await relay.run();
    expect(numbersOf(relay), 'a message is lost, or published twice').toEqual([1, 2, 3]);
  });

  test('in the order in which they came, wherever their rows are', async ({ relay, outbox }) => {
    const { number } = await outbox.selectFrom('outbox').select('number').orderBy('number').executeTakeFirstOrThrow();
    await outbox.updateTable('outbox').set({ type: 'moved' }).where('number', '=', number).execute();
    await relay.run();
    expect(numbersOf(relay), 'the order of the rows, which is that of luck').toEqual([1, 2, 3]);
  });

  test('under the same id when it is published again', async ({ relay, outbox }) => {
    const rows = await outbox.selectFrom('outbox').select('id').orderBy('number').execute();
    relay.refused.add(1);
    await expect(relay.run()).rejects.toThrow('1 was not taken');
    relay.refused.clear();
    await relay.run();
    expect(
      relay.taken.map(({ id }) => id),
      'receivers could not tell that it comes again',
    ).toEqual(rows.map(({ id }) => id));
  });

  test('what is not published yet when the service stops stays', async ({ relay }) => {
    const stopping = new AbortController();
    stopping.abort();
    await relay.run(stopping.signal);
    expect(numbersOf(relay)).toEqual([]);
    await relay.run();
    expect(numbersOf(relay), 'a message is lost').toEqual([1, 2, 3]);
  });
});
