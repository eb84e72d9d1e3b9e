import type { Entry } from './entry.ts';
import { hasNoEffect } from './step.ts';

const LEVEL = '(read\\s+uncommitted|read\\s+committed|repeatable\\s+read|serializable)';
const BEGINS = /^(?:begin|start\s+transaction)\b/i;
const ENDS = /^(?:commit|end|rollback|abort)\b(?!\s+(?:work\s+|transaction\s+)?to\b)/i;
const RESETS = /^(?:reset\s+(?:all|default_transaction_isolation)|discard\s+all)\b/i;
const MODE = new RegExp(`\\bisolation\\s+level\\s+${LEVEL}`, 'i');
const SET_MODE = /^set\s+(session\s+characteristics\s+as\s+)?transaction\b/i;
const SETTING = new RegExp(
  `(?:^set\\s+(?:session\\s+)?|\\bset_config\\s*\\(\\s*')((?:default_)?transaction_isolation)'?\\s*(?:=|,|\\bto\\b)\\s*'?${LEVEL}`,
  'i',
);

/** Follows the statements of a session, and says which level of isolation each has. */
export class IsolationOfSession {
  readonly #initial: string;
  #session: string;
  #transaction: string | undefined;

  /** @param initial what the session begins with, as the server says it */
  constructor(initial: string) {
    this.#initial = initial;
    this.#session = initial;
  }

  /** The level at which a statement runs, or several that are sent as one. */
  note(sql: string): string {
    let level = this.#transaction ?? this.#session;
    for (const statement of sql.split(';').map((part) => part.trim())) {
      if (ENDS.test(statement)) {
        this.#transaction = undefined;
        continue;
      }
      this.#follow(statement);
      level = this.#transaction ?? this.#session;
    }
    return level;
  }

  #follow(statement: string): void {
    const mode = MODE.exec(statement)?.[1];
    if (BEGINS.test(statement)) {
      this.#transaction = plain(mode) ?? this.#session;
    }
    if (RESETS.test(statement)) {
      this.#session = this.#initial;
    }
    const set = mode && SET_MODE.exec(statement);
    const [, name, value] = SETTING.exec(statement) ?? [];
    if (set?.[1] !== undefined || name?.startsWith('default')) {
      this.#session = plain(mode ?? value) as string;
    } else if (set || name !== undefined) {
      this.#transaction = plain(mode ?? value);
    }
  }
}

function plain(level: string | undefined): string | undefined {
  return level?.toLowerCase().replaceAll(/\s+/g, ' ');
}

/** The level that the pieces ran at, as the message shows it: one for all, or that of each. */
export function describeIsolation(names: readonly string[], entries: readonly Entry[]): string {
  const levels = names.map((_, piece) => {
    const own = entries.filter(
      ({ piece: by, step }) => by === piece && !hasNoEffect(step) && !ENDS.test(step.sql.trim()),
    );
    return [...new Set(own.map(({ step }) => step.isolation))];
  });
  const all = new Set(levels.flat());
  if (all.size === 1) {
    return `isolation ${[...all][0]}`;
  }
  return `isolation ${names.map((name, piece) => `of ${name} ${levels[piece]?.join(' and ') || 'unknown'}`).join(', ')}`;
}
