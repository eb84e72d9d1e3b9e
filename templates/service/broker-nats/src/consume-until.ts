import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import type { BrokerConnection } from './broker-connection.ts';
import { bury } from './bury.ts';
import { deliver, type Handling } from './deliver.ts';
import type { FoundStreams } from './streams.ts';
import { unlessAborted } from './unless-aborted.ts';

/** How long one question for the next message is open, in milliseconds; after a loss it is asked again. */
const askMs = 2000;
const retryMs = 500;

/** Handles one message after the other until the signal is aborted; the one that is being handled then is finished. */
export async function consumeUntil(
  signal: AbortSignal,
  connection: BrokerConnection,
  streams: FoundStreams,
  handling: Omit<Handling, 'bury'>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const up = await unlessAborted(signal, connection.up());
      const { consumer } = await streams.find(up);
      const delivery = await nextOf(consumer, signal);
      if (delivery) {
        await deliver(delivery, { ...handling, bury: (dead, reason) => bury(up, dead, reason) });
      }
    } catch (err) {
      streams.forget();
      if (signal.aborted) {
        return;
      }
      handling.log.warn({ err }, 'the broker gives no messages');
      await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function nextOf(consumer: Consumer, signal: AbortSignal): Promise<JsMsg | null> {
  const asked = consumer.next({ expires: askMs });
  try {
    return await unlessAborted(signal, asked);
  } catch (error) {
    // A message that comes when nobody takes it any more is for another instance.
    asked.then(
      (delivery) => delivery?.nak(),
      () => undefined,
    );
    throw error;
  }
}
