/** A PostgreSQL server that is ready for use; `url` is a superuser's. */
export interface PostgresServer {
  readonly url: string;
  readonly source: 'container' | 'embedded' | 'url';
  readonly identity: string;
}

/** Finds or starts the workspace's server, or takes the one that TESTKIT_POSTGRES_URL names. */
export async function acquirePostgres(): Promise<PostgresServer> {
  const given = process.env['TESTKIT_POSTGRES_URL'];
  if (given) return { url: given, source: 'url', identity: 'given by TESTKIT_POSTGRES_URL' };
  const servers = '../servers/acquire.ts';
  const { acquire } = (await import(servers)) as { acquire(kind: 'postgres'): Promise<PostgresServer> };
  return acquire('postgres');
}
