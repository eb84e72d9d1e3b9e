import { expect, test } from 'vitest';
import { OutboxRelay } from './outbox-relay.ts';

/** A relay whose waits end at once and are listed; it stops itself when the steps are used up. */
async function waitsOf(steps: readonly (() => boolean)[]) {
  const waits: number[] = [];
  const failures: unknown[] = [];
  const rest = [...steps];
  const relay = new OutboxRelay(
    async () => {
      const step = rest.shift();
      if (rest.length === 0) {
        void relay.stop();
      }
      return step?.() ?? false;
    },
    (error) => failures.push(error),
    async (milliseconds) => void waits.push(milliseconds),
  );
  relay.start();
  await new Promise((resolve) => setImmediate(resolve));
  await relay.stop();
  return { waits, failures };
}

const fails = () => {
  throw new Error('down');
};

test('goes on at once while there may be more, and then looks every second', async () => {
  const { waits } = await waitsOf([() => true, () => true, () => false, () => false, () => false]);
  expect(waits).toEqual([1000, 1000, 1000]);
});

test('waits longer after each failure, up to a bound, and from the start after a success', async () => {
  const { waits, failures } = await waitsOf([...new Array(7).fill(fails), () => true, fails, () => true, () => true]);
  expect(waits).toEqual([100, 200, 400, 800, 1600, 2000, 2000, 100]);
  expect(failures).toHaveLength(8);
});

test('is woken out of its rest, also by what was committed while it published', async () => {
  const rests: boolean[] = [];
  let rounds = 0;
  const relay = new OutboxRelay(
    async () => {
      rounds += 1;
      if (rounds === 1) {
        relay.wake();
      }
      if (rounds === 2) {
        void relay.stop();
      }
      return false;
    },
    () => expect.unreachable('nothing failed'),
    async (_milliseconds, _value, { signal }) => void rests.push(signal.aborted),
  );
  relay.start();
  await new Promise((resolve) => setImmediate(resolve));
  await relay.stop();
  expect([rounds, rests]).toEqual([2, [true, true]]);
});

test('stops without having been started', async () => {
  const relay = new OutboxRelay(
    async () => false,
    () => {},
  );
  await relay.stop();
});
