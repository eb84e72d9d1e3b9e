import { ADOPTION_FILE, parseAdoption } from '../../testkit/src/guards/left-tests.ts';
import type { Package } from './repository.ts';

/** The tests that adopting a package left where they are, with the reason of each, by their paths in the package. */
export function leftOf({ texts }: Pick<Package, 'texts'>): Readonly<Record<string, string>> {
  const text = texts.get(ADOPTION_FILE);
  return text === undefined ? {} : parseAdoption(text).stays;
}
