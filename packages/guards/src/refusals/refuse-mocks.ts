import { vi } from 'vitest';
import { callerOf } from '../blame/caller.ts';
import { loadQuietly } from '../blame/load-quietly.ts';
import { note, whoOf } from '../blame/refusal.ts';
import { Refusal } from '../blame/refusal-error.ts';
import { currentScope, record } from '../blame/refusal-log.ts';
import { type AnyFunction, replaceMethod } from '../blame/replace.ts';
import { exportThatHolds, isModule, isNamespace } from '../leftovers/module-objects.ts';
import { observesOnly } from '../observed/observation.ts';

export type Suite = 'unit' | 'integration';

const reasons: Record<Suite, string> = {
  unit:
    'Unit tests share a worker and its modules: the mock would be missing in one file and leak into the next. Let the ' +
    'code take what it depends on as an argument and pass a double in.',
  integration:
    'Integration tests show that the real parts work together, and a mocked module is not the real part. Use the real ' +
    "one (for an upstream's answers its fixture: stub, fault), or make it a unit test beside the code in src/, with a " +
    'double passed in.',
};

/** The ways to the network that are globals. */
export const NETWORK_GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'] as const;

/**
 * Refuses to replace modules: vi.mock, vi.doMock, vi.importMock, mock.module of node:test, and vi.spyOn or mock.method
 * on the exports of a module. In integration also spies on modules of Node's and of CommonJS, on objects and classes
 * that a module exports, and on `fetch` and its like. Doubles that are passed in (vi.fn, vi.spyOn on an object that the
 * test made, vi.mocked) stay allowed.
 */
export function refuseMocks(suite: Suite): void {
  // vi.mock is hoisted above the imports of its file, but still runs after the setup files and ends in this registry.
  const { __vitest_mocker__: mocker } = globalThis as unknown as { __vitest_mocker__: Record<string, AnyFunction> };
  for (const [name, call] of [
    ['queueMock', 'vi.mock'],
    ['importMock', 'vi.importMock'],
  ] as const) {
    const original = mocker[name];
    if (typeof original !== 'function') {
      throw new Error(`Vitest has no ${name} any more: adapt ${import.meta.filename}.`);
    }
    const guarded: AnyFunction = (...args) => {
      const refusal = refusalOfMock(suite, `mock the module ${String(args[0])} (${call})`, guarded);
      if (refusal) {
        throw refusal;
      }
      return original.apply(mocker, args);
    };
    mocker[name] = guarded;
  }
  refuseSpies(suite, vi, 'spyOn', 'vi.spyOn');
  const tracker = loadQuietly<{ mock: object }>('node:test')?.mock;
  if (!tracker) {
    return;
  }
  const prototype = Object.getPrototypeOf(tracker) as object;
  refuseWhere(suite, prototype, 'module', ([name]) => `mock the module ${String(name)} (mock.module)`);
  for (const name of ['method', 'getter', 'setter', 'property']) {
    refuseSpies(suite, prototype, name, `mock.${name}`);
  }
}

function refuseSpies(suite: Suite, owner: object, method: string, call: string): void {
  refuseWhere(suite, owner, method, ([object, name]) => {
    const isAll = suite === 'unit' ? isNamespace(object) : isModule(object);
    if (isAll) {
      return `replace the export ${String(name)} of a module (${call})`;
    }
    if (suite === 'unit') {
      return undefined;
    }
    const exported = exportThatHolds(object);
    if (exported !== undefined) {
      return `replace ${String(name)} of ${exported} that a module exports (${call})`;
    }
    return object === globalThis && isNetwork(name) ? `replace globalThis.${String(name)} (${call})` : undefined;
  });
}

function isNetwork(name: unknown): boolean {
  return (NETWORK_GLOBALS as readonly unknown[]).includes(name);
}

function refuseWhere(suite: Suite, owner: object, method: string, describe: (args: unknown[]) => string | undefined) {
  replaceMethod(owner, method, (original) => {
    const guarded: AnyFunction = function (...args) {
      const tried = describe(args);
      const refusal = tried === undefined ? undefined : refusalOfMock(suite, tried, guarded);
      if (refusal) {
        throw refusal;
      }
      return original.apply(this, args);
    };
    return guarded;
  });
}

/** Notes that a test replaces what it must use, and returns the error to throw; undefined when it is only observed. */
export function refusalOfMock(suite: Suite, tried: string, entry: AnyFunction): Refusal | undefined {
  const scope = currentScope();
  const caller = callerOf(entry);
  const { frame } = caller;
  note('mock', tried, frame, scope);
  if (observesOnly()) {
    return undefined;
  }
  const refusal = new Refusal(
    'ModuleMocked',
    `${whoOf(scope, `${suite} test`)} tried to ${tried}${frame ? `\n    at ${frame}` : ''}\n${reasons[suite]}`,
  );
  refusal.stack = `${refusal.name}: ${refusal.message}\n${caller.stack}`;
  record(refusal, scope);
  return refusal;
}
