import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { placesOf, siteOf } from '../blame/caller.ts';
import { type AnyFunction, replaceMethod } from '../blame/replace.ts';
import { isDoubleMaker } from '../blame/written-in.ts';
import { isTestCode } from '../inputs/test-path.ts';
import { DISPATCHERS } from '../leftovers/process-settings.ts';
import { NETWORK_GLOBALS, refusalOfMock } from './refuse-mocks.ts';

/** A function or class by which code reaches the network, where code finds it. */
interface Way {
  readonly name: string;
  readonly owner: object;
  readonly key: string;
  /** What Node has there. */
  readonly real: unknown;
  /** The guarded property for each value: one that is put back is the same as before. */
  readonly guarded: Map<unknown, PropertyDescriptor>;
}

const OWNERS: readonly [name: string, owner: object, keys: readonly string[]][] = [
  ['globalThis', globalThis, NETWORK_GLOBALS],
  ['http', http, ['request', 'get', 'ClientRequest']],
  ['https', https, ['request', 'get']],
  ['net', net, ['connect', 'createConnection', 'Socket']],
  ['net.Socket.prototype', net.Socket.prototype, ['connect']],
  ['tls', tls, ['connect']],
  ['dns', dns, ['lookup']],
];
const dispatchers = new Set<unknown>(DISPATCHERS);
/** undici's classes of doubles, by their names: they may be of any copy of undici. */
const DOUBLE = /^(Mock|Snapshot)/;

const ways = new Map<object, Map<unknown, Way>>();
const guardedGetters = new WeakSet<object>();

/**
 * Refuses doubles of the network in integration tests when they are put in place: by an assignment or a definition, of a
 * test, MSW, nock or undici's setGlobalDispatcher. Instrumentation that code or libraries bring with them stays allowed.
 */
export function refuseNetworkDoubles(): void {
  for (const [ownerName, owner, keys] of OWNERS) {
    for (const key of keys) {
      const declared = Object.getOwnPropertyDescriptor(owner, key);
      const real = declared?.value as unknown;
      const way = { name: `${ownerName}.${key}`, owner, key, real, guarded: new Map() };
      ways.set(owner, (ways.get(owner) ?? new Map<unknown, Way>()).set(key, way));
      if (declared?.configurable && declared.writable) {
        guardProperty(way, real, declared.enumerable);
      }
    }
  }
  for (const owner of [Object, Reflect]) {
    guardDefinitions(owner);
  }
}

/** Has a property, which has a value now, ask before it is set to another. */
function guardProperty(way: Way, value: unknown, enumerable = true): void {
  const guarded = way.guarded.get(value) ?? guardedProperty(way, value, enumerable);
  way.guarded.set(value, guarded);
  Object.defineProperty(way.owner, way.key, guarded);
}

function guardedProperty(way: Way, value: unknown, enumerable: boolean): PropertyDescriptor {
  const get = (): unknown => value;
  const set: AnyFunction = function (next: unknown) {
    // An object that inherits the property, such as a socket, gets its own.
    if (this !== undefined && this !== way.owner) {
      Object.defineProperty(this, way.key, { value: next, configurable: true, enumerable: true, writable: true });
    } else if (next !== value) {
      refuseDouble(way, next, set);
      guardProperty(way, next, enumerable);
    }
  };
  guardedGetters.add(get);
  return { get, set, configurable: true, enumerable };
}

function guardDefinitions(owner: object): void {
  replaceMethod(owner, 'defineProperty', (original) => {
    const guarded: AnyFunction = function (target: object, key: unknown, descriptor: PropertyDescriptor) {
      const way = ways.get(target)?.get(key);
      const { value, get, configurable, enumerable } = descriptor ?? {};
      if (target === globalThis && dispatchers.has(key)) {
        refuseDispatcher(value, guarded);
      }
      const isBack = get !== undefined && guardedGetters.has(get);
      if (way && !isBack) {
        refuseDouble(way, value, guarded);
      }
      const result = original.call(this, target, key, descriptor) as unknown;
      if (way && !isBack && configurable && value !== undefined) {
        guardProperty(way, value, enumerable);
      }
      return result;
    };
    return guarded;
  });
}

function refuseDouble({ name, real }: Way, next: unknown, entry: AnyFunction): void {
  const [place] = placesOf(siteOf(entry).stack);
  if ((next !== undefined && next === real) || place === undefined || !isOfTest(place)) {
    return;
  }
  const refusal = refusalOfMock('integration', `replace ${name}`, entry);
  if (refusal) {
    throw refusal;
  }
}

function refuseDispatcher(agent: unknown, entry: AnyFunction): void {
  if (!DOUBLE.test((agent as object | undefined)?.constructor?.name ?? '')) {
    return;
  }
  const refusal = refusalOfMock('integration', "replace undici's global dispatcher", entry);
  if (refusal) {
    throw refusal;
  }
}

/** Test code, or a package of doubles; what production code and other libraries replace is theirs. */
function isOfTest(file: string): boolean {
  return isDoubleMaker(file) || isTestCode(file);
}
