import type { Service } from '../src/service.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers that they then compare
  readonly body: any;
}

/** Sends a request as any client would, and reads the JSON that comes back. */
export async function call(service: Service, method: string, path: string, body?: unknown): Promise<Answer> {
  const content =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(service.url + path, { method, ...content, signal: AbortSignal.timeout(10_000) }).catch(
    (cause: Error) => {
      throw cause.name === 'TimeoutError'
        ? new Error(`${method} ${path} was not answered in 10 seconds`, { cause })
        : cause;
    },
  );
  return { status: response.status, headers: response.headers, body: await response.json() };
}
