import type { z } from 'zod';
import { readRetryAfter } from './retry-policy.ts';
import { UpstreamError } from './upstream-error.ts';

const longestBody = 1024 * 1024;

/**
 * Reads what an upstream answered.
 *
 * @returns the body as the schema reads it, or undefined for 404
 * @throws {UpstreamError} for any other answer; errors of the connection pass through as they are
 */
export async function readAnswer<Answer>(
  name: string,
  response: Response,
  schema: z.ZodType<Answer>,
): Promise<Answer | undefined> {
  const body = await readBody(name, response);
  if (response.status === 404) {
    return undefined;
  }
  if (!response.ok) {
    throw failed(name, response);
  }
  if (!/^application\/(json|[\w.+-]+\+json)\b/i.test(response.headers.get('content-type') ?? '')) {
    throw new UpstreamError(`${name} answered with something that is not JSON`, 'invalid');
  }
  try {
    return schema.parse(JSON.parse(body));
  } catch (cause) {
    throw new UpstreamError(`${name} answered with JSON that does not fit`, 'invalid', { cause });
  }
}

function failed(name: string, { status, headers }: Response): UpstreamError {
  const message = `${name} answered ${status}`;
  const retryAfterMs = readRetryAfter(headers.get('retry-after'), Date.now());
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) {
    return new UpstreamError(message, 'busy', { retryAfterMs });
  }
  return new UpstreamError(message, status >= 500 ? 'failed' : 'refused');
}

async function readBody(name: string, response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let body = '';
  for await (const chunk of response.body ?? []) {
    body += decoder.decode(chunk, { stream: true });
    if (body.length > longestBody) {
      throw new UpstreamError(`${name} answered with more than 1 MiB`, 'invalid');
    }
  }
  return body + decoder.decode();
}
