import { parseTypeScript } from '@splitlevel/generators/engine';
import { type Edit, type MethodCall, methodCallsIn, otherText, renamed, withoutCall } from './chains.ts';
import type { SourceFile } from './code.ts';
import type { Mutant } from './mutant.ts';
import { type SqlChange, sqlEdits } from './sql-text.ts';

/** Parts of a query that can be left out, by the method that adds them. */
const PARTS: Readonly<Record<string, readonly [what: string, cost: Mutant['cost']]>> = {
  where: ['a filter of rows is left out', 5],
  whereRef: ['a filter of rows is left out', 5],
  having: ['a filter of groups is left out', 4],
  orderBy: ['the order is left out', 4],
  limit: ['nothing limits the rows', 4],
  offset: ['the offset is left out', 4],
  distinct: ['duplicates are kept', 4],
  forUpdate: ['rows are read without a lock', 5],
  forShare: ['rows are read without a lock', 5],
  skipLocked: ['locked rows are waited for', 4],
  noWait: ['locked rows are waited for', 4],
  onConflict: ['a conflict is an error', 4],
  onDuplicateKeyUpdate: ['a conflict is an error', 4],
  ignore: ['a conflict is an error', 4],
};

const OPPOSITES: Readonly<Record<string, string>> = {
  '=': '!=',
  '!=': '=',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  'is not': 'is',
  is: 'is not',
  in: 'not in',
};

const SQL: readonly SqlChange[] = [
  { pattern: /\bdesc\b/gi, replacement: 'asc', what: 'the order is reversed', cost: 4 },
  { pattern: / limit (\d+|\$\{[^}]*\}|\?|\$\d+)/gi, replacement: '', what: 'nothing limits the rows', cost: 4 },
  {
    pattern: / for (no key )?update( skip locked| nowait)?/gi,
    replacement: '',
    what: 'rows are read without a lock',
    cost: 5,
  },
  { pattern: / on conflict [^;`']*?do nothing/gi, replacement: '', what: 'a conflict is an error', cost: 4 },
  { pattern: /(?<=[\s)])>=(?=\s)/g, replacement: '>', what: 'a bound excludes', cost: 4 },
  { pattern: /(?<=[\s)])<=(?=\s)/g, replacement: '<', what: 'a bound excludes', cost: 4 },
  { pattern: /(?<=\s)<(?=\s)/g, replacement: '<=', what: 'a bound includes', cost: 4 },
  { pattern: /(?<=\s)>(?=\s)/g, replacement: '>=', what: 'a bound includes', cost: 4 },
  { pattern: /\bat time zone 'UTC'/gi, replacement: "at time zone 'Asia/Tokyo'", what: 'another time zone', cost: 5 },
  { pattern: /::timestamptz\b/gi, replacement: '::timestamp', what: 'a time without its zone', cost: 5 },
  { pattern: /\bis not null\b/gi, replacement: 'is null', what: 'a condition is reversed', cost: 4 },
  { pattern: /\bis null\b/gi, replacement: 'is not null', what: 'a condition is reversed', cost: 4 },
  { pattern: /\bdistinct /gi, replacement: '', what: 'duplicates are kept', cost: 4 },
  { pattern: /\bleft join\b/gi, replacement: 'join', what: 'rows without a partner are left out', cost: 4 },
  { pattern: /\bserializable\b/gi, replacement: 'read committed', what: 'a weaker isolation', cost: 5 },
];

/** The bugs in queries that only a database sees: filters, orders, limits, locks, isolation, transactions. */
export function queryMutants({ path, text }: SourceFile): readonly Mutant[] {
  if (!/from '(kysely|pg|mysql2)[/']/.test(text) && !/\bsql`/.test(text)) {
    return [];
  }
  const { statements } = parseTypeScript(path, text);
  const edits = [
    ...[...methodCallsIn(statements)].flatMap((call) => editsOf(call, text)),
    ...sqlEdits(statements, text, SQL),
  ];
  return edits.map((edit) => ({ kind: 'query', path, ...edit }));
}

function editsOf(call: MethodCall, text: string): readonly Edit[] {
  const part = Object.hasOwn(PARTS, call.name) ? PARTS[call.name] : undefined;
  const edits: (Edit | undefined)[] = part === undefined ? [] : [withoutCall(call, ...part)];
  if (call.name === 'where' || call.name === 'whereRef' || call.name === 'having') {
    edits.push(otherText(call.arguments[1], (operator) => OPPOSITES[operator], 'a comparison is another', 4));
  }
  if (call.name === 'orderBy') {
    const reverse = (order: string) => ({ asc: 'desc', desc: 'asc' })[order];
    edits.push(otherText(call.arguments[1], reverse, 'the order is reversed', 4));
  }
  if (call.name === 'setIsolationLevel') {
    const weaker = (level: string) => (level === 'read committed' ? undefined : 'read committed');
    edits.push(otherText(call.arguments[0], weaker, 'a weaker isolation', 5));
  }
  if (call.name === 'leftJoin') {
    edits.push(renamed(call, text, 'innerJoin', 'rows without a partner are left out', 4));
  }
  if (
    call.name === 'execute' &&
    /\.transaction\(\)[^;]*$/.test(text.slice(Math.max(0, call.start - 120), call.start))
  ) {
    edits.push(withoutTransaction(call, text));
  }
  return edits.filter((edit) => edit !== undefined);
}

/** Kysely's `transaction()…execute(work)`, with a connection in place of the transaction. */
function withoutTransaction(call: MethodCall, text: string): Edit {
  const start = text.lastIndexOf('.transaction()', call.start);
  return { what: 'no transaction', start, end: call.start, replacement: '.connection()', cost: 5 };
}
