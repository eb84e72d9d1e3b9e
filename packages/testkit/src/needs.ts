/**
 * What a package runs against, as plain values: read by its tests (`createTest`) and by `nx dev`. Imports nothing of Vitest.
 */

/** A PostgreSQL database of the package's own. */
export interface PostgresNeed {
  readonly kind: 'postgres';
  /** Brings an empty database to the package's schema. Gets the URL of the database's owner, who is no superuser. */
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

/** A MariaDB database of the package's own. */
export interface MariadbNeed {
  readonly kind: 'mariadb';
  /** Brings an empty database to the package's schema. Gets the URL of a user who has all rights on it, and no others. */
  readonly migrate: (url: string) => Promise<void>;
  /** Rows that every test starts with; runs once, after `migrate`. */
  readonly seed: ((url: string) => Promise<void>) | undefined;
}

/** A virtual host of RabbitMQ of the package's own, empty when a test starts. */
export interface RabbitmqNeed {
  readonly kind: 'rabbitmq';
}

/** A Redis database of the package's own, empty when a test starts. */
export interface RedisNeed {
  readonly kind: 'redis';
}

/** A service of somebody else, which the package calls by HTTP. */
export interface UpstreamNeed {
  readonly kind: 'upstream';
  /** Its stubs are the mapping files `stubs/<name>/*.json` beside the file that declares the need. */
  readonly name: string;
}

/** A NATS server with JetStream: an account of the package's own, in which there is nothing. */
export interface NatsNeed {
  readonly kind: 'nats';
}

export type Need = PostgresNeed | MariadbNeed | RedisNeed | RabbitmqNeed | NatsNeed | UpstreamNeed;
/** By key: the fixture's name in tests, and in CONSTANT_CASE with `_URL` the environment variable under `nx dev`. */
export type Needs = Readonly<Record<string, Need>>;

export interface PostgresOptions {
  migrate: (url: string) => Promise<void>;
  seed?: (url: string) => Promise<void>;
  extensions?: readonly string[];
  roles?: readonly string[];
}

export interface MariadbOptions {
  migrate: (url: string) => Promise<void>;
  seed?: (url: string) => Promise<void>;
}

/** Names that are the server's or the testkit's. */
const RESERVED_ROLE = /^(?:pg_.*|tk_.*|public|none|current_user|current_role|session_user)$/i;
const ROLE_NAME = /^[A-Za-z_][\w$-]{0,62}$/;
/** A name as CREATE EXTENSION takes it: PostgreSQL cuts identifiers at 63 bytes. */
const EXTENSION_NAME = /^[a-z_][a-z0-9_-]{0,62}$/;
const UPSTREAM_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/**
 * Declares a PostgreSQL database.
 * @throws when the name of an extension or a role is not one that can be created.
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

/** Declares a MariaDB database. */
export function mariadb({ migrate, seed }: MariadbOptions): MariadbNeed {
  return { kind: 'mariadb', migrate, seed };
}

/** The callers of the function that calls this. */
function callSite(): Pick<PostgresNeed, 'declaredAt' | 'declaredIn'> {
  const frames = new Error('declared').stack?.split('\n').slice(3) ?? [];
  const places = frames.map((frame) => /\(?((?:file:\/\/)?\/.*:\d+:\d+)\)?$/.exec(frame)?.[1] ?? '');
  const files = places.map((place) => decodeURI(place.replace('file://', '').replace(/(?:\?.*)?:\d+:\d+$/, '')));
  return { declaredAt: places[0] ?? '', declaredIn: [...new Set(files.filter((file) => file.startsWith('/')))] };
}

/** Declares a RabbitMQ. */
export function rabbitmq(): RabbitmqNeed {
  return { kind: 'rabbitmq' };
}

/** Declares a NATS server. */
export function nats(): NatsNeed {
  return { kind: 'nats' };
}

/** Declares a Redis. */
export function redis(): RedisNeed {
  return { kind: 'redis' };
}

/**
 * Declares an upstream.
 * @throws when the name cannot be a folder's name.
 */
export function upstream(name: string): UpstreamNeed {
  if (!UPSTREAM_NAME.test(name)) {
    throw new Error(
      `upstream('${name}'): the name is a folder under stubs/: lower-case letters, digits, '.', '_' and '-', such as 'exchange-rates'.`,
    );
  }
  return { kind: 'upstream', name };
}
