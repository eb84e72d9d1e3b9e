import { checkDatabase } from '../database.ts';
import { UnavailableError } from '../errors.ts';
import type { HttpServer } from '../http-server.ts';
import type { Parts } from '../parts.ts';

const longestCheckMs = 1000;

/** Live: the process answers. Ready: it can do its work, so requests may be sent to it. */
export function health(server: HttpServer, { database }: Parts): void {
  server.get('/health/live', { logLevel: 'warn' }, async () => ({ status: 'live' }));
  server.get('/health/ready', { logLevel: 'warn' }, async () => {
    try {
      await checkDatabase(database, longestCheckMs);
    } catch (cause) {
      throw new UnavailableError('the database does not answer', { cause });
    }
    return { status: 'ready' };
  });
}
