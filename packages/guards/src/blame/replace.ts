import { promisify } from 'node:util';

// biome-ignore lint/suspicious/noExplicitAny: the functions of Node that are replaced have every shape.
export type AnyFunction = (this: any, ...args: any[]) => any;

/**
 * Replaces a method, keeping its name, its own properties and how it is declared, so that a test can still put its own
 * double there (`vi.spyOn(fs, 'writeFileSync').mockReturnValue()`). A method that this Node does not have is left out.
 */
export function replaceMethod(owner: object, name: string, make: (original: AnyFunction) => AnyFunction): void {
  const declared = Object.getOwnPropertyDescriptor(owner, name);
  if (typeof declared?.value !== 'function') {
    return;
  }
  const original = declared.value as AnyFunction;
  const replacement = make(original);
  for (const key of Reflect.ownKeys(original)) {
    // The promisified form of the original would be a way round the guard.
    if (key === promisify.custom || key === 'prototype') {
      continue;
    }
    Object.defineProperty(replacement, key, Object.getOwnPropertyDescriptor(original, key) as PropertyDescriptor);
  }
  Object.defineProperty(owner, name, { ...declared, value: replacement });
}
