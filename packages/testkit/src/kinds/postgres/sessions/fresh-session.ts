import { originals, sleep } from '@splitlevel/guards/originals';
import pg from 'pg';
import { forgetStatements, ownSettingsOf, whereSent } from './session-statements.ts';

/** State that outlasts the statement that made it, and is met by the next user of the session. */
interface SessionState {
  readonly channels?: readonly string[] | null;
  readonly locks?: readonly string[] | null;
  readonly role?: string;
  /** Those that differ from what a new session has. */
  readonly settings?: Readonly<Record<string, string>> | null;
  /** Those that packages invented, by name; the catalog does not list them. */
  readonly own?: Readonly<Record<string, string>> | null;
  readonly tables?: readonly string[] | null;
  readonly cursors?: readonly string[] | null;
  /** By PREPARE, of which the driver knows nothing. */
  readonly prepared?: readonly string[] | null;
}

/**
 * Puts a session back as a new one, as far as it can be told apart, but keeps its prepared statements, which the driver
 * believes to be there. DISCARD SEQUENCES forgets values that a sequence with CACHE gave the session in advance.
 */
export const FRESH_SESSION =
  'SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES';

/** SQLSTATE of a statement that the session's own statement_timeout broke off. */
export const QUERY_CANCELED = '57014';
/** For how long the testkit tries to lift a statement_timeout, and the pause between two attempts. */
const LIFTING_MS = 5000;
const PAUSE_MS = 5;

/** Other words that change a setting than its name. */
const SYNONYMS: Readonly<Record<string, string>> = {
  TimeZone: 'time\\s+zone',
  client_encoding: 'names',
  default_transaction_isolation: 'session\\s+characteristics',
  default_transaction_read_only: 'session\\s+characteristics',
  default_transaction_deferrable: 'session\\s+characteristics',
};

/**
 * Sets a session back.
 * @param options.settings whether changed settings are told too.
 * @returns what the session held, a line each, with the statement and its place where they are known.
 */
export async function freshenSession(client: pg.ClientBase, options: { settings: boolean }): Promise<string[]> {
  const own = ownSettingsOf(client).map(pg.escapeLiteral);
  const look = async () => stateIn((await client.query<{ state: string }>(stateOf(own))).rows[0]?.state);
  const before = await look().catch(async (error: { code?: string }): Promise<SessionState> => {
    if (error.code !== QUERY_CANCELED) {
      throw error;
    }
    await liftTimeout(client);
    const { settings, ...rest } = await look();
    return { ...rest, settings: { ...settings, statement_timeout: 'too short for any statement' } };
  });
  if (before.settings?.statement_timeout !== undefined) {
    await liftTimeout(client);
  }
  await client.query(FRESH_SESSION);
  const fresh = own.length > 0 ? (await look()).own : null;
  for (const name of before.prepared ?? []) {
    await client.query(`DEALLOCATE ${pg.escapeIdentifier(name)}`);
  }
  const changed = Object.entries(before.own ?? {}).filter(([name, value]) => value !== fresh?.[name]);
  const settings = options.settings ? { ...before.settings, ...Object.fromEntries(changed) } : {};
  const lines = describe(client, before, settings);
  forgetStatements(client);
  return lines;
}

/**
 * Lifts the session's statement_timeout, which may be too short for the statement that lifts it. That is so by chance, and
 * again and again while the machine is busy.
 */
async function liftTimeout(client: pg.ClientBase): Promise<void> {
  for (const until = originals.now() + LIFTING_MS; ; await sleep(PAUSE_MS)) {
    try {
      await client.query('RESET statement_timeout');
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== QUERY_CANCELED || originals.now() > until) {
        throw error;
      }
    }
  }
}

function stateIn(json = '{}'): SessionState {
  return JSON.parse(json) as SessionState;
}

function describe(client: pg.ClientBase, state: SessionState, settings: Readonly<Record<string, string>>): string[] {
  const { channels, locks, role = 'none', tables, cursors, prepared } = state;
  const line = (what: string, remedy: string, words: string) =>
    `a session of it still ${what}: ${remedy}${whereSent(client, new RegExp(words, 'is'))}`;
  const named = (command: string, name: string) => `\\b${command}\\b.*${RegExp.escape(name)}`;
  return [
    ...(channels ?? []).map((name) => line(`listens to the channel ${name}`, 'UNLISTEN', named('listen', name))),
    ...(locks ?? []).map((key) => line(`holds the advisory lock (${key})`, 'pg_advisory_unlock', 'advisory_lock')),
    ...(role === 'none' ? [] : [line(`acts as the role ${role}`, 'RESET ROLE', '\\brole\\b')]),
    ...Object.entries(settings).map(([name, value]) =>
      line(`has ${name} = '${value}'`, 'RESET it, or SET LOCAL in a transaction', wordsFor(name)),
    ),
    ...(tables ?? []).map((name) =>
      line(`has the temporary table ${name}`, 'DROP it, or create it ON COMMIT DROP', named('temp(?:orary)?', name)),
    ),
    ...(cursors ?? []).map((name) => line(`has the cursor ${name}`, 'CLOSE', named('declare', name))),
    ...(prepared ?? []).map((name) => line(`has the prepared statement ${name}`, 'DEALLOCATE', named('prepare', name))),
  ];
}

function wordsFor(setting: string): string {
  const synonym = SYNONYMS[setting];
  return RegExp.escape(setting) + (synonym === undefined ? '' : `|${synonym}`);
}

/** Names stand with their schema: a temporary table may have the name of a view of the catalog. */
function stateOf(own: readonly string[]): string {
  return `SELECT pg_catalog.json_build_object(
    'channels', (SELECT pg_catalog.json_agg(channel) FROM pg_catalog.pg_listening_channels() AS channel),
    'locks', (SELECT pg_catalog.json_agg(pg_catalog.format('%s, %s', classid, objid)) FROM pg_catalog.pg_locks
      WHERE locktype = 'advisory' AND granted AND pid = pg_catalog.pg_backend_pid()),
    'role', pg_catalog.current_setting('role'),
    'settings', (SELECT pg_catalog.json_object_agg(name, setting) FROM pg_catalog.pg_settings
      WHERE source = 'session' AND setting IS DISTINCT FROM reset_val),
    'own', (SELECT pg_catalog.json_object_agg(name, coalesce(pg_catalog.current_setting(name, true), ''))
      FROM pg_catalog.unnest(ARRAY[${own.join()}]::text[]) AS name),
    'tables', (SELECT pg_catalog.json_agg(relname) FROM pg_catalog.pg_class
      WHERE relnamespace = pg_catalog.pg_my_temp_schema() AND relkind IN ('r', 'p', 'v')),
    'cursors', (SELECT pg_catalog.json_agg(name) FROM pg_catalog.pg_cursors WHERE is_holdable),
    'prepared', (SELECT pg_catalog.json_agg(name) FROM pg_catalog.pg_prepared_statements WHERE from_sql))::text AS state`;
}
