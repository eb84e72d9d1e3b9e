/**
 * Nothing survives the server, so nothing is written durably; everything that a query can see is as in production.
 * Sources: https://www.postgresql.org/docs/18/non-durability.html and runtime-config-wal.html.
 */
const settings: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  max_connections: '300',
  // Deadlocks are the same, and found sooner: a test that provokes them waits for each.
  deadlock_timeout: '50ms',
  shared_preload_libraries: 'pg_stat_statements,auto_explain',
  // Each database of a test has statements of its own.
  'pg_stat_statements.max': '20000',
  'pg_stat_statements.save': 'off',
};

/** The settings as command line arguments of `postgres`, in both runtimes. */
export function settingArguments(): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
