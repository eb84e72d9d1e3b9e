import type { ServerResponse } from 'node:http';

/** An answer while it is sent. */
export interface SentAnswer {
  readonly response: ServerResponse;
  readonly chunks: Buffer[];
  length: number;
}

/** Of a longer answer it is not known what it holds. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Keeps what is written to an answer from now on. */
export function keepAnswer(response: ServerResponse): SentAnswer {
  const sent: SentAnswer = { response, chunks: [], length: 0 };
  for (const name of ['write', 'end'] as const) {
    const send = response[name] as (...parameters: unknown[]) => unknown;
    Object.assign(response, {
      [name](this: ServerResponse, ...parameters: unknown[]) {
        keep(sent, parameters[0]);
        return send.apply(this, parameters);
      },
    });
  }
  return sent;
}

/**
 * How many rows an answer stands for: the items of all its lists, its lines if it is not JSON, and one at least; undefined
 * where that cannot be told.
 */
export function rowsHeld({ response, chunks, length }: SentAnswer): number | undefined {
  if (response.hasHeader('content-encoding') || length > MOST_BYTES) {
    return undefined;
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return Math.max(1, itemsOf(JSON.parse(text)));
  } catch {
    return text.split('\n').length;
  }
}

function itemsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  const own = Array.isArray(value) ? value.length : 0;
  return Object.values(value).reduce<number>((sum, each) => sum + itemsOf(each), own);
}

function keep(sent: SentAnswer, chunk: unknown): void {
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    return;
  }
  sent.length += chunk.length;
  if (sent.length <= MOST_BYTES) {
    sent.chunks.push(Buffer.from(chunk as string));
  }
}
