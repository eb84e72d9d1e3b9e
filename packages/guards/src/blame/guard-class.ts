import type { Activity } from '../observed/activity.ts';
import { refuse } from './refusal.ts';

// biome-ignore lint/suspicious/noExplicitAny: classes of Node with constructors of every shape.
type AnyClass = new (...args: any[]) => object;

/**
 * Replaces a class that a module exports by one whose constructor asks first. `instanceof` and subclasses keep working.
 * @param describe what the construction would do, as 'start a worker thread'; undefined lets it pass
 */
export function guardClass(
  owner: object,
  name: string,
  describe: (args: unknown[]) => string | undefined,
  activity: Activity = 'thread',
): void {
  const original = (owner as Record<string, unknown>)[name] as AnyClass | undefined;
  if (typeof original !== 'function') {
    return;
  }
  const construct = (target: AnyClass, args: unknown[], newTarget: AnyClass): object => {
    const tried = describe(args);
    const refusal = tried === undefined ? undefined : refuse(activity, tried, construct);
    if (refusal) {
      throw refusal;
    }
    return Reflect.construct(target, args, newTarget) as object;
  };
  const apply = (target: AnyClass, _this: unknown, args: unknown[]): object => construct(target, args, target);
  const guarded = new Proxy(original, { construct, apply });
  Object.defineProperty(original.prototype, 'constructor', { value: guarded, configurable: true, writable: true });
  Object.defineProperty(owner, name, { value: guarded, configurable: true, enumerable: true, writable: true });
}
