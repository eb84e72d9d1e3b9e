import { callerOf } from './caller.ts';
import type { AnyFunction } from './replace.ts';

export interface ProcessListener {
  readonly event: string | symbol;
  readonly listener: AnyFunction;
  /** Libraries register theirs once, when they are first used, for all that use them. */
  readonly addedByLibrary: boolean;
}

const addedByLibrary = new WeakSet<AnyFunction>();

/** Notes who registers listeners of the process. */
export function watchProcessListeners(): void {
  for (const name of ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']) {
    const original = (process as unknown as Record<string, AnyFunction>)[name] as AnyFunction;
    const watched: AnyFunction = function (event, listener) {
      if (typeof listener === 'function' && callerOf(watched).isLibrary) addedByLibrary.add(listener);
      return original.call(this, event, listener);
    };
    Object.defineProperty(process, name, { value: watched, configurable: true, writable: true });
  }
}

export function listenersOf(emitter: NodeJS.Process): ProcessListener[] {
  return emitter.eventNames().flatMap((event) =>
    emitter.rawListeners(event as 'exit').map((raw) => {
      const listener = raw as AnyFunction & { listener?: AnyFunction };
      return { event, listener, addedByLibrary: addedByLibrary.has(listener.listener ?? listener) };
    }),
  );
}
