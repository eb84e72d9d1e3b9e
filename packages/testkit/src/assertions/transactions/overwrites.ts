import type { Entry } from './entry.ts';
import { lastAttempt, lastingWrites, type Write, writesOf } from './statements.ts';
import type { Step } from './step.ts';

/** The writes of a statement to a table, as far as its text shows them. */
interface Written {
  readonly table: string;
  /** The columns that an UPDATE sets; undefined if the text does not show them, or all of a row is concerned. */
  readonly columns: ReadonlySet<string> | undefined;
  /** Columns that have one value in the rows that it writes, with the value. */
  readonly equal: ReadonlyMap<string, string>;
}

const NAME = '(?:"[^"]+"|\\w+)';
const ASSIGNED = new RegExp(`(?:^|,)\\s*(${NAME})\\s*=(?!=)`, 'g');
const EQUAL = new RegExp(`(?:${NAME}\\.)?(${NAME})\\s*=\\s*(\\$\\d+|'(?:[^']|'')*'|-?\\d+(?:\\.\\d+)?)(?![\\w.])`, 'g');

/**
 * Whether one of two pieces may overwrite a value of the other in the same row. Not so if their statements show that
 * they write other tables, other columns, or rows that differ in a column.
 */
export function mayOverwrite(entries: readonly Entry[], piece: number, other: number): boolean {
  const writtenBy = (by: number) => lastingWrites(entries, by).flatMap(({ step }) => writtenOf(step));
  const theirs = writtenBy(other);
  return writtenBy(piece).some((own) => theirs.some((their) => mayMeet(own, their)));
}

/** Whether a piece reads rows itself: one that does not cannot write back what is outdated. */
export function readsRows(entries: readonly Entry[], piece: number): boolean {
  return lastAttempt(entries, piece).some(
    ({ step }) => /\b(?:select|returning)\b/i.test(step.sql) || (step.rows > 0 && writesOf(step).length === 0),
  );
}

function mayMeet(a: Written, b: Written): boolean {
  if (a.table !== b.table) {
    return false;
  }
  if (a.columns && b.columns && a.columns.isDisjointFrom(b.columns)) {
    return false;
  }
  return [...a.equal].every(([column, value]) => (b.equal.get(column) ?? value) === value);
}

/** Of a single statement all is read; of several that are sent at once, or one within another, only the tables. */
function writtenOf(step: Step): Written[] {
  // What only adds rows changes none that another has read.
  const writes = writesOf(step).filter(({ kind }) => kind !== 'insert' || /on\s+conflict/i.test(step.sql));
  const isPlain = writes.length === 1 && /^\s*(?:update|delete)\b/i.test(step.sql) && !/;\s*\S/.test(step.sql);
  return writes.map((write) => (isPlain ? readPlain(step, write) : { ...unknown, table: write.table }));
}

const unknown = { columns: undefined, equal: new Map<string, string>() };

function readPlain({ sql, parameters }: Step, { kind, table }: Write): Written {
  const flat = withoutParentheses(sql);
  const [, assigned = ''] = /\bset\b(.*?)(?:\bfrom\b|\bwhere\b|\breturning\b|;|$)/is.exec(withoutTexts(flat)) ?? [];
  const columns = new Set([...assigned.matchAll(ASSIGNED)].map(([, name = '']) => plain(name)));
  const isList = columns.size > 0 && !/(?:^|,)\s*=/.test(assigned);
  return { table, columns: kind === 'update' && isList ? columns : undefined, equal: equalIn(flat, parameters) };
}

function equalIn(flat: string, parameters: Step['parameters']): Map<string, string> {
  const [, condition = ''] = /\bwhere\b(.*?)(?:\breturning\b|;|$)/is.exec(flat) ?? [];
  // With another table beside it, a condition may be one on that.
  const isOther = /\bset\b.*\bfrom\b|\busing\b/is.test(withoutTexts(flat));
  if (isOther || /\b(?:or|not|case)\b/i.test(condition)) {
    return new Map();
  }
  const conditions = [...condition.matchAll(EQUAL)].flatMap(([, name = '', text = '']): [string, string][] => {
    const value = text.startsWith('$') ? parameters[Number(text.slice(1)) - 1] : text.replaceAll("'", '');
    return typeof value !== 'string' || value === '(binary)' ? [] : [[plain(name), value]];
  });
  return new Map(conditions);
}

function withoutTexts(sql: string): string {
  return sql.replaceAll(/'(?:[^']|'')*'/g, "''");
}

function plain(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase();
}

/** The text in parentheses belongs to no list or condition outside of them. */
function withoutParentheses(sql: string): string {
  let flat = sql;
  for (let before = ''; before !== flat; ) {
    before = flat;
    flat = flat.replaceAll(/\([^()]*\)/g, ' ');
  }
  return flat;
}
