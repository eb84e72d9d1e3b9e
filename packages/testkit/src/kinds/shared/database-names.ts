import { createHmac, randomBytes } from 'node:crypto';

/** Every database and role that the testkit makes starts with this. */
export const PREFIX = 'tk_';

/** Servers cut identifiers at 63 bytes, or refuse longer ones than 64; what follows the package's name takes 28 at most. */
const SLUG_LENGTH = 28;

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

/** The owner's password follows from the server's, which is random: all processes know it, and none has to keep it. */
export function ownerPassword(serverUrl: string, owner: string): string {
  return createHmac('sha256', decodeURIComponent(new URL(serverUrl).password))
    .update(owner)
    .digest('base64url');
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
