import { posix } from 'node:path';

/** An alias of Vite's or of TypeScript's `paths`, with what it leads to. */
export interface Alias {
  /** A string stands for itself and for what begins with it and a slash. */
  readonly find: string | RegExp;
  /** A path relative to the package, or the specifier of another package. */
  readonly replacement: string;
  readonly inPackage: boolean;
}

/** The target of an aliased specifier: a file of the package, or another specifier. */
export interface Aliased {
  readonly file?: string;
  readonly specifier?: string;
}

/** Applies the first alias that fits, as Vite does; undefined where none does. */
export function applyAliases(specifier: string, aliases: readonly Alias[]): Aliased | undefined {
  const alias = aliases.find(({ find }) => fits(specifier, find));
  if (alias === undefined) {
    return undefined;
  }
  const { find, replacement, inPackage } = alias;
  const written =
    typeof find === 'string' ? replacement + specifier.slice(find.length) : specifier.replace(find, replacement);
  return inPackage ? { file: posix.normalize(written) } : { specifier: written };
}

function fits(specifier: string, find: string | RegExp): boolean {
  if (find instanceof RegExp) {
    return find.test(specifier);
  }
  return specifier === find || specifier.startsWith(find.endsWith('/') ? find : `${find}/`);
}
