import { vi } from 'vitest';
import { callerOf } from './caller.ts';
import { currentScope, record } from './ledger.ts';
import { observesOnly } from './observation.ts';
import { note, Refusal, whoOf } from './refusal.ts';
import type { AnyFunction } from './replace.ts';

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

/**
 * Refuses to replace modules: vi.mock, vi.doMock, vi.importMock, and vi.spyOn on the exports of a module. Doubles that are
 * passed in (vi.fn, vi.spyOn on an object, vi.mocked) stay allowed.
 */
export function refuseMocks(suite: Suite): void {
  // vi.mock is hoisted above the imports of its file, but still runs after the setup files and ends in this registry.
  const { __vitest_mocker__: mocker } = globalThis as unknown as { __vitest_mocker__: Record<string, AnyFunction> };
  for (const [name, call] of [
    ['queueMock', 'vi.mock'],
    ['importMock', 'vi.importMock'],
  ] as const) {
    const original = mocker[name];
    if (typeof original !== 'function')
      throw new Error(`Vitest has no ${name} any more: adapt ${import.meta.filename}.`);
    const guarded: AnyFunction = (...args) => {
      const refusal = refusalOf(suite, `mock the module ${String(args[0])} (${call})`, guarded);
      if (refusal) throw refusal;
      return original.apply(mocker, args);
    };
    mocker[name] = guarded;
  }
  const { spyOn } = vi;
  const guardedSpyOn: AnyFunction = (object, name, ...rest) => {
    if (isModule(object)) {
      const refusal = refusalOf(suite, `replace the export ${String(name)} of a module (vi.spyOn)`, guardedSpyOn);
      if (refusal) throw refusal;
    }
    return (spyOn as AnyFunction)(object, name, ...rest);
  };
  vi.spyOn = guardedSpyOn as typeof vi.spyOn;
}

function isModule(object: unknown): boolean {
  return typeof object === 'object' && object !== null && Object.prototype.toString.call(object) === '[object Module]';
}

function refusalOf(suite: Suite, tried: string, entry: AnyFunction): Refusal | undefined {
  const scope = currentScope();
  const caller = callerOf(entry);
  note('mock', tried, caller.frame, scope);
  if (observesOnly()) return undefined;
  const refusal = new Refusal(
    'ModuleMocked',
    `${whoOf(scope, `${suite} test`)} tried to ${tried}\n    at ${caller.frame}\n${reasons[suite]}`,
  );
  refusal.stack = `${refusal.name}: ${refusal.message}\n${caller.stack}`;
  record(refusal, scope);
  return refusal;
}
