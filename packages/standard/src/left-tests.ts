import { ADOPTION_FILE, type Adoption, parseAdoption } from '@splitlevel/guards/left-tests';
import type { Package } from './repository.ts';

/** The tests that adopting a package left where they are, with the reason of each, by their paths in the package. */
export function leftOf(each: Pick<Package, 'texts'>): Readonly<Record<string, string>> {
  return adoptionOf(each).stays;
}

/** The same with the problem of a file that is not such a list, and then leaves none. */
export function adoptionOf({ texts }: Pick<Package, 'texts'>): Adoption & { readonly problem?: string } {
  const text = texts.get(ADOPTION_FILE);
  try {
    return text === undefined ? { stays: {} } : parseAdoption(text);
  } catch (error) {
    return { stays: {}, problem: (error as Error).message };
  }
}
