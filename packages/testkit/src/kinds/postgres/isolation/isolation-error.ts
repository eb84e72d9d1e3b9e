import { TestError } from '../../shared/test-error.ts';
/** SQLSTATE with which the write log refuses what the transaction of isolation 'rollback' cannot do. */
export const REFUSED = 'TK001';

export const ROLLBACK_REASON =
  "This file chose isolation 'rollback', where a test is one transaction on one connection that is never committed.";
export const ROLLBACK_REMEDY = "Choose test.override('isolation', 'worker'), or 'clone', for code that needs more.";

/** Something that cannot be had in one transaction on one connection. */
export class IsolationError extends TestError {
  override readonly name = 'IsolationError';
}

/** @param what was asked for, as a sentence without its full stop. */
export function refusal(what: string): IsolationError {
  return new IsolationError(`${what}. ${ROLLBACK_REASON} ${ROLLBACK_REMEDY}`);
}
