import { STATUS_CODES } from 'node:http';
import type { UpstreamError } from './upstream-error.ts';

const statuses = { timeout: 504, busy: 503, unreachable: 502, failed: 502, refused: 502, invalid: 502 };

/** The problem that callers see where an upstream did not answer as it should. */
export function upstreamProblem({ failure, message, retryAfterMs }: UpstreamError) {
  const status = statuses[failure];
  const told = { status, title: STATUS_CODES[status] ?? 'Error', detail: message };
  return retryAfterMs === undefined ? told : { ...told, retryAfter: Math.ceil(retryAfterMs / 1000) };
}
