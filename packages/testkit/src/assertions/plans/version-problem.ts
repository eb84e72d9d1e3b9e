/** The first release that plans without values: https://www.postgresql.org/docs/16/sql-explain.html */
const GENERIC_PLAN_SINCE = 160_000;

/** @returns why a server cannot plan statements of the statement log, and what to do about it; undefined when it can. */
export function versionProblem({ number, name }: { readonly number: number; readonly name: string }) {
  if (number >= GENERIC_PLAN_SINCE) {
    return undefined;
  }
  return (
    `Plans are read by EXPLAIN (GENERIC_PLAN), which PostgreSQL has since 16; this server is ${name}. Run the test on a ` +
    'newer one, or unset TESTKIT_POSTGRES_URL: servers that the testkit starts have it.'
  );
}
