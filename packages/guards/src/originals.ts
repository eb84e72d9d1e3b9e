import { setTimeout as sleepOfNode } from 'node:timers/promises';

/**
 * Node's own `fetch`, clock and timers, from before any test could replace them: the testkit works while a test has
 * stubbed `fetch` or uses fake timers. The setup files of the suites load this module first.
 */
interface Originals {
  readonly fetch: typeof fetch;
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  readonly setImmediate: typeof setImmediate;
  readonly Date: typeof Date;
  /** Milliseconds since the process began, as performance.now(). */
  readonly now: () => number;
  /** As Math.random(). */
  readonly random: () => number;
  /** As in node:timers/promises. */
  readonly sleep: typeof sleepOfNode;
}

// On globalThis, since vi.resetModules() has modules evaluated anew.
const KEY = Symbol.for('splitlevel.originals');
const holder = globalThis as { [KEY]?: Originals };
holder[KEY] ??= {
  fetch: globalThis.fetch,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
  Date: globalThis.Date,
  now: performance.now.bind(performance),
  random: Math.random,
  sleep: sleepOfNode,
};
export const originals: Originals = holder[KEY];
export const { now, sleep } = originals;
