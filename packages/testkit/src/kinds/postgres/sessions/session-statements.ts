import type { Site } from '@splitlevel/guards/caller';
import { callersOf, callSite } from '../../shared/callers.ts';

/** A statement that may have changed its session for longer than a transaction. */
interface Sent {
  readonly sql: string;
  /** The statement and its values, in which names are looked for. */
  readonly text: string;
  readonly site: Site;
  readonly takenAt: Site | undefined;
}

const CHANGES_SESSION =
  /(?:^|;|\*\/)\s*(?:set|declare|prepare|listen)\b|\bset_config\b|\btemp(?:orary)?\b|\bpg_(?:try_)?advisory_lock/i;
/** The names that packages give to settings of their own have a dot. */
const OWN_SETTING =
  /\bset\s+(?:session\s+)?((?:\w+|"[^"]+")\.(?:\w+|"[^"]+"))|set_config\s*\(\s*(?:\w+\s*=>\s*)?'([^']+\.[^']+)'/gi;
const MOST = 300;

const sent = new WeakMap<object, Sent[]>();

/**
 * Keeps a statement in mind, and where it was sent, if it may change what outlasts it in its session.
 * @param sentNow.takenAt where the connection was taken, which stands for the place if the pool itself sends the statement.
 */
export function noteSessionStatement(
  client: object,
  { statement, values, takenAt }: { statement: unknown; values: unknown; takenAt: Site | undefined },
): void {
  const query = statement as { text?: unknown; values?: unknown } | null;
  const sql = typeof statement === 'string' ? statement : String(query?.text);
  if (!CHANGES_SESSION.test(sql)) {
    return;
  }
  const parameters = Array.isArray(values) ? values : Array.isArray(query?.values) ? query.values : [];
  const known = sent.get(client) ?? [];
  known.push({ sql, text: [sql, ...parameters.map(String)].join('\n'), site: callSite(), takenAt });
  sent.set(client, known.slice(-MOST));
}

/** The names of the settings that a package invented and its session was told to change; the server does not list them. */
export function ownSettingsOf(client: object): string[] {
  const texts = (sent.get(client) ?? []).map(({ text }) => text);
  const named = texts.flatMap((text) => [...text.matchAll(OWN_SETTING)].map(([, set, called]) => set ?? called ?? ''));
  const values = texts.filter((text) => /\bset_config\b/i.test(text)).flatMap((text) => text.split('\n').slice(1));
  const names = [...named, ...values].map((name) => name.replaceAll('"', '').toLowerCase());
  return [...new Set(names.filter((name) => /^[a-z_][\w$]*(?:\.[a-z_][\w$]*)+$/.test(name)))];
}

/** The last statement of a session that fits, and where it was sent, as lines; nothing if none was kept. */
export function whereSent(client: object, pattern: RegExp): string {
  const last = sent.get(client)?.findLast(({ text }) => pattern.test(text));
  if (last === undefined) {
    return '';
  }
  const callers = callersOf(last.site);
  const isLibrary = callers.split('\n').every((line) => line.includes('/node_modules/'));
  return `; sent\n${isLibrary && last.takenAt ? callersOf(last.takenAt) : callers}\n${last.sql.slice(0, MOST)}`.replaceAll(
    '\n',
    '\n    ',
  );
}

/** Whether a session was sent a statement that changes it and has this word. */
export function wasSent(client: object, word: string): boolean {
  return sent.get(client)?.some(({ sql }) => sql.toLowerCase().includes(word)) === true;
}

/** Forgets what a session was sent: it is as new. */
export function forgetStatements(client: object): void {
  sent.delete(client);
}
