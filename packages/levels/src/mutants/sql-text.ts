import { nodesIn, type SyntaxNode } from '@splitlevel/generators/engine';
import type { Edit } from './chains.ts';

/** A change of SQL: each match of a pattern becomes something else. */
export interface SqlChange {
  readonly pattern: RegExp;
  readonly replacement: string;
  readonly what: string;
  readonly cost: Edit['cost'];
}

const STATEMENT =
  /^\s*(select\b[\s\S]*\bfrom\b|insert into\b|update\b[\s\S]*\bset\b|delete from\b|with \w+ as\b|create (unique |table|index)|alter table\b)/i;

/** The changes of SQL in the strings and templates below nodes: those of the tag `sql`, and those that begin as a statement. */
export function* sqlEdits(roots: readonly SyntaxNode[], text: string, changes: readonly SqlChange[]): Iterable<Edit> {
  const tagged = new Set<unknown>();
  for (const node of nodesIn(roots)) {
    if (
      node.type === 'TaggedTemplateExpression' &&
      /^(sql|kysely\.sql)$/.test(text.slice(node.tag.start ?? 0, node.tag.end ?? 0))
    ) {
      tagged.add(node.quasi);
    }
    const isString = node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
    const inside = isString ? text.slice(node.start + 1, node.end - 1) : '';
    if (isString && (tagged.has(node) || STATEMENT.test(inside))) {
      yield* editsOf(inside, node.start + 1, changes);
    }
  }
}

function* editsOf(sql: string, offset: number, changes: readonly SqlChange[]): Iterable<Edit> {
  for (const { pattern, replacement, what, cost } of changes) {
    for (const match of sql.matchAll(pattern)) {
      const start = offset + match.index;
      yield { what, start, end: start + match[0].length, replacement, cost };
    }
  }
}
