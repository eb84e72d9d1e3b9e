import { isTestFile, isTestkit, placesOf, siteOf } from '../blame/caller.ts';
import type { AnyFunction } from '../blame/replace.ts';
import { isLibrary } from '../blame/written-in.ts';

export interface ProcessListener {
  readonly event: string | symbol;
  readonly listener: AnyFunction;
  /** Libraries register theirs once, when they are first used, for all that use them. */
  readonly addedByLibrary: boolean;
  /** A test file registered it, also in its module scope. */
  readonly addedByTest: boolean;
}

const places = new WeakMap<AnyFunction, string | undefined>();

/** Notes which code registers listeners of the process. */
export function watchProcessListeners(): void {
  // By these Node hands on what Vitest sends to the worker: a test that replaces them for all emitters would wait for ever.
  for (const name of ['emit', 'listenerCount'] as const) {
    Object.defineProperty(process, name, { value: process[name], configurable: true, writable: true });
  }
  for (const name of ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']) {
    const original = (process as unknown as Record<string, AnyFunction>)[name] as AnyFunction;
    const watched: AnyFunction = function (event, listener) {
      if (typeof listener === 'function') {
        places.set(listener, placesOf(siteOf(watched).stack)[0]);
      }
      return original.call(this, event, listener);
    };
    Object.defineProperty(process, name, { value: watched, configurable: true, writable: true });
  }
}

export function listenersOf(emitter: NodeJS.Process): ProcessListener[] {
  return emitter.eventNames().flatMap((event) =>
    emitter.rawListeners(event as 'exit').map((raw) => {
      const listener = raw as AnyFunction & { listener?: AnyFunction };
      const place = places.get(listener.listener ?? listener) ?? '';
      const addedByLibrary = isLibrary(place) || isTestkit(place);
      return { event, listener, addedByLibrary, addedByTest: isTestFile(place) };
    }),
  );
}
