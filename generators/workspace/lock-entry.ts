import type { Manifest } from './manifest.ts';

/** An entry of a lockfile, by the folder of the package. */
export interface LockEntry extends Partial<Manifest> {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly workspaces?: readonly string[];
}
