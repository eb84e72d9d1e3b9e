import { test } from 'vitest';
import { workerScope } from './started-by.ts';

/** Vitest's own, of which it gives no public sight. */
interface Registration {
  readonly scope: 'test' | 'file' | 'worker';
  value: unknown;
}
type Registrations = Map<string, Registration>;
interface Fixtures {
  _registrations: Registrations;
  override(...args: unknown[]): void;
  parseUserFixtures(...args: unknown[]): Registrations;
}

type Make = (...args: unknown[]) => unknown;

const overridden = new Map<Fixtures, Registrations>();
const marked = new WeakSet<object>();

/**
 * Keeps `test.override` at the top of a file to that file: the `test` of a shared fixtures.ts is one object for all
 * files of a worker. And marks what fixtures of the scope `worker` start, which lives as long as the worker.
 */
export function watchFixtures(): void {
  const fixtures = prototypeOfFixtures();
  const { override, parseUserFixtures } = fixtures;
  fixtures.override = function (...args) {
    if (!overridden.has(this)) {
      overridden.set(this, this._registrations);
    }
    override.apply(this, args);
  };
  fixtures.parseUserFixtures = function (...args) {
    const registrations = parseUserFixtures.apply(this, args);
    for (const registration of registrations.values()) {
      markWorkerScope(registration);
    }
    return registrations;
  };
}

/** Takes back what the last file overrode. */
export function undoOverrides(): void {
  for (const [fixtures, registrations] of overridden) {
    fixtures._registrations = registrations;
  }
  overridden.clear();
}

function markWorkerScope(registration: Registration): void {
  const { scope, value } = registration;
  if (scope !== 'worker' || typeof value !== 'function' || marked.has(value)) {
    return;
  }
  const make = value as Make;
  const inScope = Object.assign<Make, object>((...args) => workerScope.run(true, () => make(...args)), make);
  marked.add(inScope);
  registration.value = inScope;
}

function prototypeOfFixtures(): Fixtures {
  const key = Object.getOwnPropertySymbols(test).find(({ description }) => description === 'kChainableContext');
  const context = key && (test as unknown as Record<symbol, { getFixtures?(): Fixtures } | undefined>)[key];
  const prototype = context?.getFixtures && (Object.getPrototypeOf(context.getFixtures()) as Fixtures);
  if (typeof prototype?.override !== 'function' || typeof prototype.parseUserFixtures !== 'function') {
    throw new Error(`Vitest keeps its fixtures elsewhere now: adapt ${import.meta.filename}.`);
  }
  return prototype;
}
