import { type Activity, refuse } from './refusal.ts';

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
  const declared = Object.getOwnPropertyDescriptor(owner, name);
  if (typeof declared?.value !== 'function') return;
  const original = declared.value as AnyClass;
  const construct = (target: AnyClass, args: unknown[], newTarget: AnyClass): object => {
    const tried = describe(args);
    const refusal = tried === undefined ? undefined : refuse(activity, tried, construct);
    if (refusal) throw refusal;
    return Reflect.construct(target, args, newTarget) as object;
  };
  const guarded = new Proxy(original, { construct });
  Object.defineProperty(original.prototype, 'constructor', { value: guarded, configurable: true, writable: true });
  Object.defineProperty(owner, name, { ...declared, value: guarded });
}
