import { AsyncLocalStorage } from 'node:async_hooks';
import { isOwnCode, isTestFile, isTestkit, isVitest, placesOf, shorten } from './caller.ts';

/** The place in the workspace's code that started something. */
export interface Origin {
  /** 'packages/x/src/y.ts:12:5' */
  readonly place: string;
  /** A library started it for that code. */
  readonly throughLibrary: boolean;
}

/** Set while a fixture of the scope `worker` is made: what it starts lives as long as the worker. */
export const workerScope = new AsyncLocalStorage<true>();

/**
 * The code that started something, by the stack of the start. Undefined for Vitest, for the testkit, for a library by itself, and
 * for modules (other than test files) while they are loaded: files of a worker share these.
 */
export function originOf(stack: string | undefined): Origin | undefined {
  const places = placesOf(stack);
  const end = places.findIndex(isVitest);
  const code = end === -1 ? places : places.slice(0, end);
  const own = code.findIndex(isOwnCode);
  const place = code[own];
  if (place === undefined || code.slice(0, own + 1).some(isTestkit)) {
    return undefined;
  }
  const isLoading = /\._runInlinedModule \(/.test(stack ?? '');
  if (isLoading && !isTestFile(place)) {
    return undefined;
  }
  return { place: shorten(place), throughLibrary: own > 0 };
}
