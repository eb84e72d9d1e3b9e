import { isMainThread } from 'node:worker_threads';
import { callerOf } from '../blame/caller.ts';
import { integrationFolderOf, whoOf } from '../blame/refusal.ts';
import { Refusal } from '../blame/refusal-error.ts';
import { currentScope, isInTestOrHook, record } from '../blame/refusal-log.ts';
import type { AnyFunction } from '../blame/replace.ts';
import { observesOnly } from '../observed/observation.ts';

/**
 * Refuses to set `process.env.TZ` in a thread, where it is a variable as any other: Date keeps the zone of the process,
 * and the test would prove nothing, without a word.
 */
export function refuseTimeZone(): void {
  if (isMainThread) {
    return;
  }
  const set = (environment: NodeJS.ProcessEnv, name: string | symbol, value: unknown): boolean => {
    if (name === 'TZ' && String(value) !== environment.TZ) {
      const refusal = refusalOf(String(value), set);
      if (refusal) {
        throw refusal;
      }
    }
    return Reflect.set(environment, name, value);
  };
  const { env } = process;
  // Without a receiver: Node's own object takes values only where they are set on itself.
  process.env = new Proxy(env, {
    set: (target, name, value) => set(target, name, value),
    defineProperty: (target, name, { value }) => set(target, name, value),
  });
}

function refusalOf(zone: string, entry: AnyFunction): Refusal | undefined {
  const scope = currentScope();
  const caller = callerOf(entry);
  // Vitest sets back what it stubbed, and the guard what was left.
  if (observesOnly() || (caller.isVitest && !isInTestOrHook()) || caller.frame === undefined) {
    return undefined;
  }
  const refusal = new Refusal(
    'TimeZoneNotSet',
    `${whoOf(scope)} tried to set process.env.TZ to ${JSON.stringify(zone)}\n    at ${caller.frame}\n` +
      'Unit tests run in threads, where this changes nothing: Date keeps the zone of the process. Pass the zone in (Intl.DateTimeFormat ' +
      `takes a timeZone), or move the test to ${integrationFolderOf(scope)}, where inTimeZone sets it.`,
  );
  refusal.stack = `${refusal.name}: ${refusal.message}\n${caller.stack}`;
  record(refusal, scope);
  return refusal;
}
