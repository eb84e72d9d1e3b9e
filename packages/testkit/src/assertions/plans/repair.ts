import { bare } from '../queries/statement.ts';
import { literally } from './literally.ts';

/** The server's message about a statement that it refuses. */
export interface Refusal {
  readonly code?: string | undefined;
  readonly message: string;
}

const HAS_PLAN = /^[\s(]*(?:select|insert|update|delete|merge|with)\b/i;

const TYPES =
  'interval|date|timestamptz|timestamp(?:\\s+with(?:out)?\\s+time\\s+zone)?|timetz|time(?:\\s+with(?:out)?\\s+time\\s+zone)?|uuid|jsonb?|bytea|numeric|int|integer|bigint|boolean|text|inet|cidr';

/** Whether EXPLAIN takes a statement: one that reads or changes rows. */
export function hasPlan(sql: string): boolean {
  return HAS_PLAN.test(bare(sql));
}

/**
 * The statement log puts a placeholder for each literal, also where SQL takes none: `interval '1 day'` became `interval
 * $1`.
 */
export function mended(sql: string): string {
  return sql
    .replaceAll(new RegExp(`\\b(${TYPES})\\s+(\\$\\d+)`, 'gi'), '$2::$1')
    .replaceAll(/\bextract\s*\(\s*\$\d+\s+from\b/gi, 'extract(epoch from');
}

/**
 * A statement that the server may take, after it did not take one for want of its literals; undefined when nothing is
 * known to try.
 */
export function repaired(sql: string, refusal: Refusal): string | undefined {
  const next = tryRepair(sql, refusal);
  return next === sql ? undefined : next;
}

function tryRepair(sql: string, { code, message }: Refusal): string {
  switch (code) {
    // A column must appear in GROUP BY, or an expression of ORDER BY in the list of SELECT DISTINCT.
    case '42803':
    case '42P10':
      return unified(sql);
    // Could not determine the data type of a parameter.
    case '42P18': {
      const parameter = /\$\d+/.exec(message)?.[0];
      return parameter === undefined ? sql : cast(sql, parameter, 'text');
    }
    // A function or an operator is not unique.
    case '42725':
      return sql
        .replaceAll(callOf(message), (call) => cast(call, '$', 'int'))
        .replaceAll(/\$\d+\s*[-+*/%]\s*\$\d+(?!\d|::)/g, (sum) => cast(sum, '$', 'numeric'));
    default:
      return sql;
  }
}

function callOf(message: string): RegExp {
  const name = /^function (?:\w+\.)?(\w+)\(/.exec(message)?.[1];
  return name === undefined ? /(?!)/g : new RegExp(`\\b${name}\\s*\\([^()]*\\)`, 'gi');
}

/** Gives placeholders a type: one of them, or with `$` all that have none. */
function cast(sql: string, parameter: string, type: string): string {
  const number = parameter === '$' ? '\\d+' : parameter.slice(1);
  return sql.replaceAll(new RegExp(`\\$${number}(?!\\d|::)`, 'g'), (found) => `${found}::${type}`);
}

const LIST =
  /\b(?:group|order)\s+by\s+((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?)(?=\)|;|$|\b(?:having|order|limit|offset|window|for|union|fetch)\b)/gi;
const VALUE = /\$\d+|'(?:[^']|'')*'/g;

/** One expression that is written several times may have a placeholder of its own each time: gives them the same. */
function unified(sql: string): string {
  const items = [...sql.matchAll(LIST)]
    .flatMap(([, list = '']) => list.split(/,(?![^(]*\))/))
    .map((item) => item.replace(/\s+(?:asc|desc|nulls)\b.*$/is, '').trim());
  return items
    .filter((item) => item.match(VALUE))
    .reduce((text, item) => {
      const shape = item.split(VALUE).map(literally).join(`(?:${VALUE.source})`);
      return text.replaceAll(new RegExp(shape, 'gi'), () => item);
    }, sql);
}
