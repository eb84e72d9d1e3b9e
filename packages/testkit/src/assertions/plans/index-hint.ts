import { literally } from './literally.ts';
import type { PlanNode } from './plan.ts';

const EQUAL = new Set(['=', 'IS']);
const RANGE = new Set(['<', '<=', '>', '>=']);
const PATTERN = new Set(['~~', '~~*', '~', '~*']);
const CONTAINS = new Set(['@>', '<@', '?', '?|', '?&', '@?', '@@', '&&']);

interface Term {
  readonly expression: string;
  readonly operator: string;
}

/**
 * The indexes that would serve a condition on a scanned table, as SQL. Undefined where the condition does not tell, as
 * for `<>` or `not in`.
 * @param condition As EXPLAIN (VERBOSE) writes it.
 */
export function hintForCondition(node: PlanNode, condition: string): string | undefined {
  const branches = split(condition, 'OR').map((branch) => indexFor(node, branch));
  if (branches.some((index) => index === undefined)) {
    return undefined;
  }
  return [...new Set(branches)].join('; ');
}

/** The index that has the rows in an order already. */
export function hintForSort(node: PlanNode, sortKey: readonly string[]): string {
  const keys = sortKey.map((key) => {
    const [, expression = key, direction = ''] = /^(.*?)((?: (?:DESC|ASC|NULLS FIRST|NULLS LAST))*)$/s.exec(key) ?? [];
    return asKey(unqualified(node, expression)) + direction.toLowerCase();
  });
  return `create index on ${tableOf(node)} (${keys.join(', ')})`;
}

function indexFor(node: PlanNode, branch: string): string | undefined {
  const terms = split(branch, 'AND').flatMap((term) => termOf(node, term) ?? []);
  const equal = terms.filter(({ operator }) => EQUAL.has(operator));
  const range = terms.filter(({ operator }) => RANGE.has(operator)).slice(0, 1);
  const keys = [...new Set([...equal, ...range].map(({ expression }) => asKey(expression)))];
  if (keys.length > 0) {
    return `create index on ${tableOf(node)} (${keys.join(', ')})`;
  }
  const [first] = terms;
  if (first === undefined) {
    return undefined;
  }
  if (CONTAINS.has(first.operator)) {
    return `create index on ${tableOf(node)} using gin (${asKey(first.expression)})`;
  }
  return `create extension pg_trgm; create index on ${tableOf(node)} using gin (${asKey(first.expression)} gin_trgm_ops)`;
}

/** The columns of a term that an index could answer; undefined where no index can answer it. */
function termOf(node: PlanNode, text: string): Term | undefined {
  const term = stripped(text);
  const words = topLevel(term);
  const bare = words.length === 1 || words[0] === 'NOT' ? words.at(-1) : undefined;
  if (bare !== undefined) {
    // A column that is a boolean is a condition by itself.
    return isOwn(node, bare) && /^[\w$."]+$/.test(bare)
      ? { expression: unqualified(node, bare), operator: '=' }
      : undefined;
  }
  const at = words.findIndex((word) => [EQUAL, RANGE, PATTERN, CONTAINS].some((known) => known.has(word)));
  if (at < 1) {
    return undefined;
  }
  const operator = words[at] as string;
  const [left, right] = [words.slice(0, at).join(' '), words.slice(at + 1).join(' ')];
  if (operator === 'IS' && right !== 'NULL') {
    return undefined;
  }
  if (isOwn(node, left) === isOwn(node, right)) {
    return undefined;
  }
  const expression = unqualified(node, isOwn(node, left) ? left : right);
  // A function whose arguments the statement log left out has no index that could be named; a path into a document has.
  return /\$\d/.test(expression) && !expression.includes('->') ? undefined : { expression, operator };
}

const aliasPattern = ({ Alias: alias = '' }: PlanNode) =>
  new RegExp(`(?<![\\w$".])${literally(quoted(alias))}\\.`, 'g');

function isOwn(node: PlanNode, expression: string): boolean {
  return aliasPattern(node).test(expression);
}

/** Without the table's name, and without the cast that compares a varchar as text: its index serves that. */
function unqualified(node: PlanNode, expression: string): string {
  return expression.replaceAll(aliasPattern(node), '').replace(/^\(([\w$]+|"[^"]+")\)::text$/, '$1');
}

/** An expression that is neither a column nor a call of a function has to be in brackets. */
function asKey(expression: string): string {
  const isPlain = /^(?:[\w$]+|"[^"]+")$/.test(expression) || /^[\w$.]+\([^()]*\)$/.test(expression);
  return isPlain || stripped(expression) !== expression ? expression : `(${expression})`;
}

function tableOf({ Schema: schema, 'Relation Name': relation = '' }: PlanNode): string {
  return schema === undefined || schema === 'public' ? quoted(relation) : `${quoted(schema)}.${quoted(relation)}`;
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The parts of a condition between words AND or OR; the condition itself where there are none. */
function split(condition: string, word: 'AND' | 'OR'): string[] {
  const words = topLevel(stripped(condition));
  if (!words.includes(word)) {
    return [condition];
  }
  return words.filter((part) => part !== word);
}

/** Without the brackets round the whole. */
function stripped(text: string): string {
  if (!text.startsWith('(') || topLevel(text).length > 1) {
    return text;
  }
  let depth = 0;
  for (const [at, character] of unquoted(text).entries()) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (depth === 0) {
      return at === text.length - 1 ? text.slice(1, -1) : text;
    }
  }
  return text;
}

/** The words of a string at the level of no bracket; what is in brackets stays with its word. */
function topLevel(text: string): string[] {
  let depth = 0;
  const cuts = [-1];
  for (const [at, character] of unquoted(text).entries()) {
    if ('(['.includes(character)) {
      depth += 1;
    }
    if (')]'.includes(character)) {
      depth -= 1;
    }
    if (character === ' ' && depth === 0) {
      cuts.push(at);
    }
  }
  return cuts.map((cut, index) => text.slice(cut + 1, cuts[index + 1]));
}

/** The characters of a string, those of quoted names and literals blinded. */
function unquoted(text: string): string[] {
  return text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (quote) => 'x'.repeat(quote.length)).split('');
}
