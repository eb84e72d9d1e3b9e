/** A test's own look at a database; resolves with the rows. */
export type Query = <Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** The fixture's `query`, whose errors point to the test that sent the statement. */
export function queryFixture(send: (sql: string, parameters: readonly unknown[]) => Promise<unknown[]>): Query {
  return async function query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    try {
      return (await send(sql, parameters)) as Row[];
    } catch (error) {
      if (error instanceof Error) {
        Error.captureStackTrace(error, query);
      }
      throw error;
    }
  };
}
