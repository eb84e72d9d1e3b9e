import { setTimeout as pause } from 'node:timers/promises';
import type { JsMsg } from '@nats-io/jetstream';
import type { BrokerConnection } from './broker-connection.ts';
import { bury } from './bury.ts';
import { deliver, type Handling } from './deliver.ts';
import type { FoundStreams } from './streams.ts';

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
  const aborted = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
  while (!signal.aborted) {
    try {
      const up = await Promise.race([connection.up(), aborted]);
      if (up === undefined) return;
      const { consumer } = await streams.find(up);
      const asked = consumer.next({ expires: askMs });
      const delivery = await Promise.race([asked, aborted]);
      if (delivery) await deliver(delivery, { ...handling, bury: (dead, reason) => bury(up, dead, reason) });
      else if (signal.aborted) returnLate(asked);
    } catch (err) {
      streams.forget();
      if (signal.aborted) return;
      handling.log.warn({ err }, 'the broker gives no messages');
      await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** A message that comes when nobody takes it any more is for another instance. */
function returnLate(asked: Promise<JsMsg | null>): void {
  asked.then(
    (delivery) => delivery?.nak(),
    () => undefined,
  );
}
