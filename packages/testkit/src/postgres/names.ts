import { createHash, createHmac, randomBytes } from 'node:crypto';

/** Every database and role that the testkit makes starts with this. */
export const PREFIX = 'tk_';
/** The schema in each database in which the testkit keeps its records. */
export const SCHEMA = 'splitlevel_testkit';

/** PostgreSQL cuts identifiers at 63 bytes; what follows the package's name takes 28 at most. */
const SLUG_LENGTH = 28;

/** First key of the testkit's advisory locks; the second is 32 bits of what is locked. */
export const lockClasses = {
  session: 0x5350_0001,
  making: 0x5350_0002,
  use: 0x5350_0003,
  run: 0x5350_0004,
  extension: 0x5350_0005,
} as const;

/** A package's name as a part of identifiers: lower-case letters, digits and underscores, cut. */
export function slugOf(packageName: string): string {
  const bare = packageName.replace(/^@[^/]*\//, '').toLowerCase();
  return bare.replaceAll(/[^a-z0-9]+/g, '_').slice(0, SLUG_LENGTH);
}

/** Eight hexadecimal digits that tell the databases of one process from all others. */
export function newSession(): string {
  return randomBytes(4).toString('hex');
}

export function cloneName(slug: string, session: string, number: number): string {
  return `${PREFIX}${slug}_${session}_${number}`;
}

export function templateName(slug: string, hash: string): string {
  return `${PREFIX}${slug}_template_${hash.slice(0, 16)}`;
}

export function ownerName(slug: string, hash: string): string {
  return `${PREFIX}${slug}_owner_${hash.slice(0, 16)}`;
}

/** The owner's password follows from the server's, which is random: all processes know it, and none has to keep it. */
export function ownerPassword(serverUrl: string, owner: string): string {
  return createHmac('sha256', decodeURIComponent(new URL(serverUrl).password))
    .update(owner)
    .digest('base64url');
}

/** The second key of an advisory lock: a signed 32 bit number, from eight hexadecimal digits. */
export function lockKey(hex: string): number {
  return Number.parseInt(hex.slice(0, 8), 16) | 0;
}

export function hashOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/** The same server by another database and, where given, another role. */
export function urlFor(serverUrl: string, database: string, role?: { name: string; password: string }): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (role) {
    url.username = role.name;
    url.password = role.password;
  }
  return url.href;
}
