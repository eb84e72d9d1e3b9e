import pg from 'pg';

/** A `migrate` or `seed` that runs statements. */
export function runSql(sql: string): (url: string) => Promise<void> {
  return async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
}
