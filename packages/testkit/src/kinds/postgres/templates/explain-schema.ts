import { explainError } from '../explain-error.ts';

/** Types, operator classes and functions by which schemas use an extension. */
const brings: Readonly<Record<string, readonly string[]>> = {
  'uuid-ossp': ['uuid_generate_v1', 'uuid_generate_v1mc', 'uuid_generate_v3', 'uuid_generate_v4', 'uuid_generate_v5'],
  pgcrypto: ['gen_random_bytes', 'gen_salt', 'crypt', 'digest', 'hmac', 'pgp_sym_encrypt', 'pgp_sym_decrypt'],
  citext: ['citext'],
  hstore: ['hstore'],
  ltree: ['ltree', 'lquery'],
  cube: ['cube'],
  pg_trgm: ['gin_trgm_ops', 'gist_trgm_ops', 'similarity', 'word_similarity'],
  unaccent: ['unaccent'],
  fuzzystrmatch: ['levenshtein', 'soundex', 'dmetaphone'],
  btree_gist: ['gist_int4_ops', 'gist_int8_ops', 'gist_uuid_ops', 'gist_text_ops'],
  postgis: ['geometry', 'geography', 'st_makepoint'],
  vector: ['vector', 'halfvec', 'vector_cosine_ops', 'vector_l2_ops', 'vector_ip_ops'],
};

const ROLES = "as operations does in production: in needs.ts, postgres({ migrate, roles: ['";
const EXTENSIONS = "as a superuser does in production: in needs.ts, postgres({ migrate, extensions: ['";

/**
 * Says what lies behind an error of migrations or a seed, and what to do: also of what only a superuser may make and the
 * package can declare.
 */
export async function explainSchema(error: unknown): Promise<string | undefined> {
  return explainMissing(error) ?? explainError(error);
}

/** Causes of causes are looked at, but not for ever. */
const DEPTH = 5;

/** The remedy for a role or an extension that is not there, or that the migrations may not create. */
export function explainMissing(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > DEPTH) {
    return undefined;
  }
  return remedyOf(error.message) ?? explainMissing(error.cause, depth + 1);
}

function remedyOf(message: string): string | undefined {
  const role = /\brole "([^"]+)" does not exist/.exec(message)?.[1];
  if (role !== undefined) {
    return `Roles are the server's, not the database's. Let the testkit make it, ${ROLES}${role}'] }).`;
  }
  if (/permission denied to (?:create|alter|drop) role/.test(message)) {
    return (
      "Migrations run as the database's owner, who may not create or change roles, which are the whole server's. Let the " +
      `testkit make them, ${ROLES}app_reader'] }); and let the migration create only those that are missing.`
    );
  }
  if (/permission denied to grant role/.test(message)) {
    return (
      "Migrations run as the database's owner, who may not make one role a member of another: that is the whole server's. " +
      'Grant privileges to each role instead, or leave memberships to operations.'
    );
  }
  const extension = missingExtension(message);
  if (extension === undefined) {
    return undefined;
  }
  return `Let the testkit create the extension, ${EXTENSIONS}${extension}'] }).`;
}

function missingExtension(message: string): string | undefined {
  const denied = /permission denied to create extension "([^"]+)"/.exec(message)?.[1];
  if (denied !== undefined) {
    return denied;
  }
  const [, quoted, called] =
    /(?:type|operator class) "(?:\w+\.)?([^"]+)" does not exist|function (?:\w+\.)?(\w+)\(.*\) does not exist/.exec(
      message,
    ) ?? [];
  const name = (quoted ?? called)?.toLowerCase().replace(/(?:\(.*\)|\[\])+$/, '');
  return Object.keys(brings).find((extension) => name !== undefined && brings[extension]?.includes(name));
}
