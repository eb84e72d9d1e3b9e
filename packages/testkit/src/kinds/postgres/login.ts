import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { ownerPassword } from '../shared/database-names.ts';

/** The password of all roles of one process. */
export interface Login {
  readonly password: string;
  /** Its hash as the server keeps it, computed once for all roles. */
  readonly verifier: string;
}

/** As many as PostgreSQL takes itself: https://www.postgresql.org/docs/18/runtime-config-connection.html#GUC-SCRAM-ITERATIONS */
const ITERATIONS = 4096;

/** @param session names the process among all others on the server. */
export function loginOf(serverUrl: string, session: string): Login {
  const password = ownerPassword(serverUrl, session);
  return { password, verifier: scramVerifier(password, randomBytes(16)) };
}

/** The form in which PostgreSQL stores a password: https://www.postgresql.org/docs/18/catalog-pg-authid.html, RFC 5803. */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}
