/** A PostgreSQL database of the package's own. */
export interface PostgresNeed {
  readonly kind: 'postgres';
  /** Brings an empty database to the package's schema. Gets the URL of the database's owner, who is not a superuser. */
  readonly migrate: (url: string) => Promise<void>;
  /** Rows that every test starts with; runs once, after `migrate`. */
  readonly seed: ((url: string) => Promise<void>) | undefined;
  /** Created by a superuser before `migrate`, as operations would in production. */
  readonly extensions: readonly string[];
  /** Roles without a login, made before `migrate`, as operations would in production; both URLs' users are members. */
  readonly roles: readonly string[];
  /** File, line and column of the declaration, which tell two needs apart whose functions look the same. */
  readonly declaredAt: string;
  /** The files whose code led to the declaration. */
  readonly declaredIn: readonly string[];
}

export interface PostgresOptions {
  migrate: (url: string) => Promise<void>;
  seed?: (url: string) => Promise<void>;
  extensions?: readonly string[];
  roles?: readonly string[];
}

/** Names that are the server's or the testkit's. */
const RESERVED_ROLE = /^(?:pg_.*|tk_.*|public|none|current_user|current_role|session_user)$/i;
const ROLE_NAME = /^[A-Za-z_][\w$-]{0,62}$/;
/** A name as CREATE EXTENSION takes it: PostgreSQL cuts identifiers at 63 bytes. */
const EXTENSION_NAME = /^[a-z_][a-z0-9_-]{0,62}$/;

/**
 * Declares a PostgreSQL database.
 * @throws {Error} when the name of an extension or a role is not one that can be created.
 */
export function postgres({ migrate, seed, extensions = [], roles = [] }: PostgresOptions): PostgresNeed {
  for (const extension of extensions) {
    if (!EXTENSION_NAME.test(extension)) {
      throw new Error(`postgres({ extensions }): '${extension}' is not the name of an extension, such as 'pg_trgm'.`);
    }
  }
  for (const role of roles) {
    if (RESERVED_ROLE.test(role)) {
      throw new Error(
        `postgres({ roles }): '${role}' cannot be created: the name is the server's or the testkit's own.`,
      );
    }
    if (!ROLE_NAME.test(role)) {
      throw new Error(`postgres({ roles }): '${role}' is not the name of a role, such as 'app_reader'.`);
    }
  }
  const once = (names: readonly string[]) => [...new Set(names)].sort();
  return { kind: 'postgres', migrate, seed, extensions: once(extensions), roles: once(roles), ...callSite() };
}

/** The callers of the function that calls this. */
function callSite(): Pick<PostgresNeed, 'declaredAt' | 'declaredIn'> {
  const frames = new Error('declared').stack?.split('\n').slice(3) ?? [];
  const places = frames.map((frame) => /\(?((?:file:\/\/)?\/.*:\d+:\d+)\)?$/.exec(frame)?.[1] ?? '');
  const files = places.map((place) => decodeURI(place.replace('file://', '').replace(/(?:\?.*)?:\d+:\d+$/, '')));
  return { declaredAt: places[0] ?? '', declaredIn: [...new Set(files.filter((file) => file.startsWith('/')))] };
}
