import { setTimeout as pause } from 'node:timers/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readOpenApiAnswer } from './openapi-answer.ts';
import { bodyOf, headersOf, type ParameterDescription, type RequestInput, urlOf } from './openapi-request.ts';
import { retryDelay } from './retry-policy.ts';
import { UpstreamError } from './upstream-error.ts';

/** For what may be asked again. */
const attempts = 3;
/** The longest wait after the first; long enough for a server that starts again. */
const firstDelayMs = 100;

/** The operations of an upstream, as its document has them: the file operations.json beside the types. */
export interface ApiDescription {
  readonly operations: Readonly<Record<string, OperationDescription>>;
  readonly $defs: Readonly<Record<string, unknown>>;
}

export interface OperationDescription {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly ParameterDescription[];
  readonly body?: string;
  readonly input: string;
  readonly answers: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

export interface OpenApiClientOptions {
  /** The upstream's name, for messages. */
  readonly name: string;
  readonly baseUrl: string;
  /** The longest that one attempt may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof fetch;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

interface Typed {
  readonly input: unknown;
  readonly answer: unknown;
}

/**
 * A method for each operation. It resolves with any answer that the document has, errors among them: look at `status`.
 * It rejects with an UpstreamError when there is none in a bounded time, or one that the document does not have, and with
 * a TypeError when the input is not as the document wants it; nothing is sent then.
 */
export type OpenApiClient<Operations extends { readonly [Name in keyof Operations]: Typed }> = {
  readonly [Name in keyof Operations]: (
    input: Operations[Name]['input'],
    requestId: string,
  ) => Promise<Operations[Name]['answer']>;
};

/** Makes the client of an upstream. Requests that change nothing are sent again where that may help. */
export function createOpenApiClient<Operations extends { readonly [Name in keyof Operations]: Typed }>(
  options: OpenApiClientOptions,
  description: ApiDescription,
): OpenApiClient<Operations> {
  const check = checkerOf(description);
  const methods = Object.entries(description.operations).map(([id, operation]) => [
    id,
    async (input: RequestInput, requestId: string) => {
      const problems = check(operation.input, input);
      if (problems !== undefined) {
        throw new TypeError(`${options.name} cannot be called with this: ${id}${problems}`);
      }
      return await callPatiently(options, operation, input, requestId, check);
    },
  ]);
  return Object.fromEntries(methods);
}

/** The problem of a value by a definition, or undefined. */
export type Check = (definition: string, value: unknown) => string | undefined;

function checkerOf({ $defs }: ApiDescription): Check {
  const ajv = new Ajv2020({ strict: false, logger: false, multipleOfPrecision: 9, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'document', $defs });
  const compiled = new Map<string, ValidateFunction>();
  return (definition, value) => {
    const validate = compiled.get(definition) ?? ajv.compile({ $ref: `document#/$defs/${definition}` });
    compiled.set(definition, validate);
    if (validate(value)) {
      return undefined;
    }
    return validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`).join(', ');
  };
}

async function callPatiently(
  options: OpenApiClientOptions,
  operation: OperationDescription,
  input: RequestInput,
  requestId: string,
  check: Check,
): Promise<unknown> {
  const changesNothing = ['GET', 'HEAD', 'OPTIONS'].includes(operation.method);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(options, operation, input, requestId, check);
    } catch (error) {
      if (!(error instanceof UpstreamError) || !error.isPassing || !changesNothing) {
        throw error;
      }
      const delay = retryDelay(attempt, attempts, firstDelayMs, error.retryAfterMs);
      if (delay === undefined) {
        throw error;
      }
      await (options.pause ?? pause)(delay);
    }
  }
}

async function call(
  { name, baseUrl, timeoutMs, fetch: send = fetch }: OpenApiClientOptions,
  { method, path, parameters, body: type, answers }: OperationDescription,
  input: RequestInput,
  requestId: string,
  check: Check,
): Promise<unknown> {
  const url = `${baseUrl.replace(/\/+$/, '')}${urlOf(path, parameters, input)}`;
  const hasBody = type !== undefined && input.body !== undefined;
  // A form in parts gets its content type, with the boundary, from fetch.
  const contentType = hasBody && !/^multipart\//i.test(type) ? { 'content-type': type } : {};
  const accepted = [...new Set(Object.values(answers).flatMap(Object.keys))].join(', ');
  const headers = {
    ...headersOf(parameters, input),
    ...contentType,
    accept: accepted === '' ? '*/*' : accepted,
    'x-request-id': requestId,
  };
  const content = hasBody ? { body: bodyOf(type, input.body) } : {};
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(url, { method, headers, signal, redirect: 'manual', ...content });
    return await readOpenApiAnswer(name, response, answers, check);
  } catch (cause) {
    if (cause instanceof UpstreamError) {
      throw cause;
    }
    if (signal.aborted) {
      throw new UpstreamError(`${name} took longer than ${timeoutMs} ms`, 'timeout', { cause });
    }
    throw new UpstreamError(`${name} could not be reached or broke off`, 'unreachable', { cause });
  }
}
