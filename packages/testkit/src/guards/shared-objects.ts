import childProcess from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import timers from 'node:timers';
import { isDoubleMaker, isLibrary, isTestCode, locating } from './written-in.ts';

type Descriptors = Map<PropertyKey, PropertyDescriptor>;

/** A property that is not as it was. */
export interface ChangedProperty {
  readonly owner: string;
  readonly key: PropertyKey;
  readonly verb: 'was added' | 'was replaced' | 'was removed';
  restore(): void;
}

/** Objects that all files of a worker share, and that tests change, by the name that people know. */
const shared = (): Record<string, object> => ({
  globalThis,
  console,
  Date,
  JSON,
  Math,
  process,
  Error,
  Intl,
  Promise,
  Reflect,
  crypto,
  performance,
  'Array.prototype': Array.prototype,
  'Date.prototype': Date.prototype,
  'Function.prototype': Function.prototype,
  'Map.prototype': Map.prototype,
  'Number.prototype': Number.prototype,
  'Object.prototype': Object.prototype,
  'Promise.prototype': Promise.prototype,
  'Set.prototype': Set.prototype,
  'String.prototype': String.prototype,
  'node:child_process': childProcess,
  'node:dns': dns,
  'node:fs': fs,
  'node:fs/promises': fs.promises,
  'node:http': http,
  'node:https': https,
  'node:net': net,
  'net.Socket.prototype': net.Socket.prototype,
  'node:os': os,
  'node:timers': timers,
  'node:timers/promises': timers.promises,
});

/** The properties of what files share, as they are now. */
export class SharedObjects {
  readonly #objects = Object.entries(shared()).map(([name, owner]) => ({ name, owner, before: descriptorsOf(owner) }));
  #known = keysOf();

  /**
   * Says that the modules of a file are loaded: what was added until now stays, and so does what modules replaced, other
   * than tests and what is made for doubles: they do it once, when they are loaded.
   */
  acceptModules(): void {
    this.#known = keysOf();
    this.#accept((file, value) =>
      file === undefined ? isPrimitive(value) : !isDoubleMaker(file) && !isTestCode(file),
    );
  }

  changed(): ChangedProperty[] {
    // Some libraries wrap the process when they are first used, for all that use them.
    this.#accept((file, _value, name, added) => (added || name === 'process') && file !== undefined && isLibrary(file));
    return this.#changes().map(({ name, owner, key, was, is }) => ({
      owner: name,
      key,
      verb: !was ? 'was added' : is ? 'was replaced' : 'was removed',
      restore: () => restore(owner, key, was),
    }));
  }

  #accept(isAccepted: (file: string | undefined, value: unknown, name: string, added: boolean) => boolean): void {
    locating((fileOf) => {
      for (const { name, key, was, is, before } of this.#changes()) {
        if (is && isAccepted(fileOf(is.value ?? is.get ?? is.set), is.value, name, !was)) before.set(key, is);
      }
    });
  }

  #changes() {
    return this.#objects.flatMap(({ name, owner, before }) => {
      const after = descriptorsOf(owner);
      return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
        const [was, is] = [before.get(key), after.get(key)];
        if (isVitest(key)) return [];
        if (!was && (this.#known.get(name)?.has(key) || (isInternal(key) && !isPrimitive(is?.value)))) return [];
        return isSame(was, is, owner) ? [] : [{ name, owner, before, key, was, is }];
      });
    });
  }
}

function keysOf(): Map<string, Set<PropertyKey>> {
  return new Map(Object.entries(shared()).map(([name, owner]) => [name, new Set(Reflect.ownKeys(owner))]));
}

function descriptorsOf(owner: object): Descriptors {
  const descriptors: Descriptors = new Map();
  for (const key of Reflect.ownKeys(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    if (descriptor && !(owner === process && isInternal(key))) descriptors.set(key, descriptor);
  }
  return descriptors;
}

/** Vitest gives a worker new state for each file. */
function isVitest(key: PropertyKey): boolean {
  return /^__vitest|^vitest:/.test(typeof key === 'symbol' ? (key.description ?? '') : String(key));
}

function isPrimitive(value: unknown): boolean {
  return value === null || !['object', 'function', 'undefined'].includes(typeof value);
}

/** Names by which libraries and Node keep their own state, in objects: a single value is a test's. */
function isInternal(key: PropertyKey): boolean {
  return typeof key === 'symbol' || String(key).startsWith('_');
}

function isSame(was: PropertyDescriptor | undefined, is: PropertyDescriptor | undefined, owner: object): boolean {
  if (!was || !is) return was === is;
  if (was.get && is.get === undefined && was.get !== is.get) return isMadeBy(was.get, is.value, owner);
  return Object.is(was.value, is.value) && was.get === is.get && was.set === is.set;
}

/**
 * Whether Node's own getter put the value in its own place when it was read: some make a new one for each reading
 * (process.allowedNodeEnvironmentFlags), which is then like the other in all that shows.
 */
function isMadeBy(get: () => unknown, value: unknown, owner: object): boolean {
  const again = get.call(owner) as unknown;
  if (Object.is(again, value)) return true;
  if (typeof again !== 'object' || typeof value !== 'object' || again === null || value === null) return false;
  if (again.constructor === Object || again.constructor.name !== value.constructor?.name) return false;
  const entries = (of: object): unknown => (of instanceof Set || of instanceof Map ? [...of] : Object.entries(of));
  return JSON.stringify(entries(again)) === JSON.stringify(entries(value));
}

function restore(owner: object, key: PropertyKey, was: PropertyDescriptor | undefined): void {
  if (was) Object.defineProperty(owner, key, was);
  else Reflect.deleteProperty(owner, key);
}
