import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { placesOf, shorten, siteOf } from './caller.ts';
import { currentScope, type Scope } from './ledger.ts';
import { NETWORK_GLOBALS, refusalOfMock } from './refuse-mocks.ts';
import type { AnyFunction } from './replace.ts';
import { isDoubleMaker, isTestCode, writtenIn } from './written-in.ts';

interface Way {
  readonly name: string;
  readonly read: () => unknown;
  real: unknown;
}

const ways: Way[] = [];
const DISPATCHERS = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) => Symbol.for(name));
const DOUBLE = /^(Mock|Snapshot)/;

/**
 * Refuses doubles of the network in integration tests: `globalThis.fetch = …`, and, when a test ends, what MSW, nock or
 * undici's MockAgent have put in place. Instrumentation that code or libraries bring with them stays allowed.
 */
export function refuseNetworkDoubles(): void {
  for (const name of NETWORK_GLOBALS) refuseAssignment(name);
  for (const [owner, object, keys] of [
    ['http', http, ['request', 'get', 'ClientRequest']],
    ['https', https, ['request', 'get']],
    ['net', net, ['connect', 'createConnection', 'Socket']],
    ['net.Socket.prototype', net.Socket.prototype, ['connect']],
    ['tls', tls, ['connect']],
    ['dns', dns, ['lookup']],
  ] as const) {
    for (const key of keys) watch(`${owner}.${key}`, () => (object as unknown as Record<string, unknown>)[key]);
  }
}

/** Refuses the doubles of the network that are in place now, and blames the scope for them. */
export function refuseDoublesInPlace(scope: Scope): void {
  for (const way of ways) {
    const value = way.read();
    if (value === way.real) continue;
    const file = writtenIn(value);
    if (file !== undefined && isDouble(file)) refusePlaced(way.name, shorten(file), scope);
    else way.real = value;
  }
  refuseDispatcher(scope);
}

/** undici's MockAgent, by its name: it may be of any copy of undici. */
function refuseDispatcher(scope: Scope): void {
  const agents = globalThis as unknown as Record<symbol, object | undefined>;
  const agent = DISPATCHERS.map((symbol) => agents[symbol]?.constructor.name ?? '').find((name) => DOUBLE.test(name));
  if (agent !== undefined) refusePlaced("undici's global dispatcher", agent, scope);
}

function refusePlaced(name: string, by: string, scope: Scope): void {
  if (scope.refusals.some(({ message }) => message.includes(` to replace ${name} by a double\n    at ${by}\n`))) return;
  refusalOfMock('integration', `replace ${name} by a double`, refuseDoublesInPlace, by, scope);
}

function watch(name: string, read: () => unknown): void {
  ways.push({ name, read, real: read() });
}

function refuseAssignment(name: string): void {
  const declared = Object.getOwnPropertyDescriptor(globalThis, name);
  if (declared && !declared.configurable) return;
  if (!declared) {
    watch(`globalThis.${name}`, () => (globalThis as Record<string, unknown>)[name]);
    return;
  }
  let value: unknown;
  let isSet = !declared.get;
  if (isSet) value = declared.value;
  const set: AnyFunction = function (this: unknown, next: unknown) {
    const [place] = placesOf(siteOf(set).stack);
    if (next !== value && place !== undefined && isDouble(place)) {
      const refusal = refusalOfMock('integration', `replace globalThis.${name}`, set);
      if (refusal) throw refusal;
    }
    value = next;
    isSet = true;
  };
  const get = (): unknown => {
    // Seen in use, since a test may put it back before it ends.
    const scope = currentScope();
    if (scope) refuseDispatcher(scope);
    if (!isSet) {
      value = declared.get?.call(globalThis);
      isSet = true;
    }
    return value;
  };
  Object.defineProperty(globalThis, name, { get, set, configurable: true, enumerable: declared.enumerable ?? true });
  const real = get;
  watch(`globalThis.${name}`, () => {
    const now = Object.getOwnPropertyDescriptor(globalThis, name);
    return now?.get === real ? real : (now?.value ?? now?.get);
  });
}

/** Test code, or a package of doubles; what production code and other libraries replace is theirs. */
function isDouble(file: string): boolean {
  return isDoubleMaker(file) || isTestCode(file);
}
