/** A MariaDB database of the package's own. */
export interface MariadbNeed {
  readonly kind: 'mariadb';
  /** Brings an empty database to the package's schema. Gets the URL of a user who has all rights on it, and no others. */
  readonly migrate: (url: string) => Promise<void>;
  /** Rows that every test starts with; runs once, after `migrate`. */
  readonly seed: ((url: string) => Promise<void>) | undefined;
}

export interface MariadbOptions {
  migrate: (url: string) => Promise<void>;
  seed?: (url: string) => Promise<void>;
}

/** Declares a MariaDB database. */
export function mariadb({ migrate, seed }: MariadbOptions): MariadbNeed {
  return { kind: 'mariadb', migrate, seed };
}
