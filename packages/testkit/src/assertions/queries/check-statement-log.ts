/** Settings of a server, null where it does not know them. */
export interface StatementLogSettings {
  readonly max: string | null;
  readonly track: string | null;
  readonly queryIds: string | null;
}

/**
 * @returns why pg_stat_statements of a server with these settings does not tell what was sent, and what to do about it;
 * undefined when it does.
 */
export function statementLogProblem({ max, track, queryIds }: StatementLogSettings): string | undefined {
  const counted = "Queries are counted by the server's own statement log, pg_stat_statements, ";
  if (max === null) {
    return (
      `${counted}which this server has not loaded. Start it with shared_preload_libraries = 'pg_stat_statements' ` +
      '(in postgresql.conf, then restart it), or unset TESTKIT_POSTGRES_URL: servers that the testkit starts have it.'
    );
  }
  const off = track === 'none' ? 'pg_stat_statements.track = none' : 'compute_query_id = off';
  if (track === 'none' || queryIds === 'off') {
    return `${counted}which is switched off on this server by ${off}. Set it to ${track === 'none' ? 'top' : 'auto'}.`;
  }
  return undefined;
}
