import type { Check, OperationDescription } from './openapi-client.ts';
import { readRetryAfter } from './retry-policy.ts';
import { UpstreamError } from './upstream-error.ts';

/** In bytes. */
const longestBody = 10 * 1024 * 1024;

/**
 * Reads what an upstream answered: its status, and its body as the document has it for the status and content type.
 *
 * @throws {UpstreamError} for an answer that the document does not have
 */
export async function readOpenApiAnswer(
  name: string,
  response: Response,
  answers: OperationDescription['answers'],
  check: Check,
): Promise<{ status: number; body: unknown }> {
  const bytes = await readBody(name, response);
  const { status } = response;
  const kind = `${Math.floor(status / 100)}XX`;
  const contents = answers[status] ?? answers[kind] ?? answers[kind.toLowerCase()] ?? answers.default;
  if (contents === undefined) {
    throw undocumented(name, response);
  }
  const ranges = Object.keys(contents);
  if (ranges.length === 0 || bytes.length === 0) {
    return { status, body: undefined };
  }
  const type = response.headers.get('content-type') ?? '';
  const range = ranges.find((each) => fits(type, each));
  if (range === undefined) {
    throw new UpstreamError(`${name} answered ${status} with ${type || 'no content type'}`, 'invalid');
  }
  return { status, body: bodyOf(name, bytes, type, contents[range] ?? undefined, check) };
}

function bodyOf(name: string, bytes: Uint8Array, type: string, definition: string | undefined, check: Check): unknown {
  if (/^text\/|^application\/([\w.+-]+\+)?xml\b/i.test(type)) {
    return new TextDecoder().decode(bytes);
  }
  if (!/^[\w.+-]+\/([\w.+-]+\+)?json\b/i.test(type)) {
    return bytes;
  }
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new UpstreamError(`${name} answered with something that is not JSON`, 'invalid', { cause });
  }
  const problems = definition === undefined ? undefined : check(definition, body);
  if (problems === undefined) {
    return body;
  }
  throw new UpstreamError(`${name} answered with JSON that does not fit`, 'invalid', { cause: new Error(problems) });
}

function undocumented(name: string, { status, headers }: Response): UpstreamError {
  const message = `${name} answered ${status}`;
  const retryAfterMs = readRetryAfter(headers.get('retry-after'), Date.now());
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) {
    return new UpstreamError(message, 'busy', { retryAfterMs });
  }
  return new UpstreamError(message, status >= 500 ? 'failed' : 'refused');
}

function fits(type: string, range: string): boolean {
  const [own = '', wanted = ''] = [type, range].map((each) => each.split(';')[0]?.trim().toLowerCase());
  return own === wanted || wanted === '*/*' || (wanted.endsWith('/*') && own.startsWith(wanted.slice(0, -1)));
}

async function readBody(name: string, response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > longestBody) {
      throw new UpstreamError(`${name} answered with more than 10 MiB`, 'invalid');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
