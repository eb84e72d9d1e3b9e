import type { Activity } from '../observed/activity.ts';
import { refuse } from './refusal.ts';
import { type AnyFunction, replaceMethod } from './replace.ts';

/**
 * Refuses calls of a method, if this Node has it.
 * @param describe what a call would do, as 'start a process'; undefined lets it pass
 * @param isPromised whether a refused call rejects, rather than throws
 */
export function refuseCall(
  owner: object,
  name: string,
  activity: Activity,
  describe: (args: unknown[]) => string | undefined,
  isPromised = false,
): void {
  replaceMethod(owner, name, (original) => {
    const guarded: AnyFunction = function (...args) {
      const tried = describe(args);
      const refusal = tried === undefined ? undefined : refuse(activity, tried, guarded);
      if (!refusal) {
        return original.apply(this, args);
      }
      if (isPromised) {
        return Promise.reject(refusal);
      }
      throw refusal;
    };
    return guarded;
  });
}
