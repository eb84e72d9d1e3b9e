import { STATUS_CODES } from 'node:http';
import { isUnavailable } from './database-error.ts';
import { ConflictError, type InputProblem, InvalidInputError, NotFoundError, UnavailableError } from './errors.ts';
import { UpstreamError } from './upstream-error.ts';
import { upstreamProblem } from './upstream-problem.ts';

/** An error as the caller is told of it: problem details, RFC 9457. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly InputProblem[];
  /** After how many seconds to try again; sent as the header of that name. */
  readonly retryAfter?: number;
}

/**
 * The caller's view of an error: messages that were written for callers, and nothing of any other error, whose
 * message may hold statements, addresses or data.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof InvalidInputError) {
    return { ...problem(400, error.message), errors: error.problems };
  }
  if (error instanceof NotFoundError) {
    return problem(404, error.message);
  }
  if (error instanceof ConflictError) {
    return problem(409, error.message);
  }
  if (error instanceof UnavailableError) {
    return problem(503, error.message);
  }
  if (isUnavailable(error)) {
    return problem(503, 'the database does not answer');
  }
  if (error instanceof UpstreamError) {
    return upstreamProblem(error);
  }
  if (isOfFastify(error)) {
    return problem(error.statusCode, error.statusCode < 500 ? error.message : undefined);
  }
  return problem(500);
}

export function problem(status: number, detail?: string): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return detail === undefined ? { status, title } : { status, title, detail };
}

/** Whether Fastify refused the request itself: a body that is too large, is not JSON, takes too long, … */
function isOfFastify(error: unknown): error is Error & { statusCode: number } {
  return (
    error instanceof Error &&
    'code' in error &&
    String(error.code).startsWith('FST_') &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
  );
}
