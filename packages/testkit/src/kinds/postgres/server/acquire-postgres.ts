import { acquire, type Server } from '../../../servers/acquire.ts';
import { server as postgresServer } from './postgres-server.ts';

/** A PostgreSQL server that is ready for use; its `url` is a superuser's. */
export type PostgresServer = Server;

/** Before this version databases cannot be cloned by copying files. */
const OLDEST_VERSION = 15;

/** @throws {Error} when there is no server to be had, or the one that was given is too old. */
export async function acquirePostgres(): Promise<PostgresServer> {
  const server = await acquire(postgresServer);
  if (Number.parseInt(server.version, 10) < OLDEST_VERSION) {
    throw new Error(
      `The PostgreSQL server is version ${server.version}; the testkit needs ${OLDEST_VERSION} or newer. ` +
        'Give a newer one in TESTKIT_POSTGRES_URL, or unset it to let the testkit start one.',
    );
  }
  return server;
}
