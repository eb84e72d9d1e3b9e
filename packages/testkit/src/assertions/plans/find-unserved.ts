import { hintForCondition, hintForSort } from './index-hint.ts';
import { nodesOf, type PlanNode } from './plan.ts';

/** A scan that reads a whole table where an index could have led to the rows. */
export interface Unserved {
  readonly node: PlanNode;
  /** Why the scan need not read all, where the node itself does not show it. */
  readonly reason?: string;
  /** The statements that create what is missing, where the plan tells. */
  readonly hint: string | undefined;
}

/** The nodes above a node. */
interface Above {
  readonly limited?: boolean;
  /** Of a sort whose first rows are all that is wanted. */
  readonly sortKey?: readonly string[] | undefined;
  /** Conditions of joins whose other side has but some rows. */
  readonly joins?: readonly string[];
}

/** They give what is below them, all of it. */
const PASSING = [
  'Hash',
  'Materialize',
  'Memoize',
  'Gather',
  'Gather Merge',
  'Append',
  'Merge Append',
  'LockRows',
  'Result',
];
const SCANS = ['Seq Scan', 'Index Scan', 'Index Only Scan', 'Bitmap Heap Scan'];
const JOINS = ['Hash Join', 'Merge Join', 'Nested Loop'];
/** Scans of something that is not a table, and small beside one. */
const SMALL = ['Function Scan', 'Values Scan', 'WorkTable Scan', 'Limit'];
/** The side of a join whose rows are all needed, whatever the other side has. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  Left: ['Outer'],
  Anti: ['Outer'],
  Right: ['Inner'],
  'Right Anti': ['Inner'],
  Full: ['Outer', 'Inner'],
};

/**
 * The scans that no index serves, in a plan that was made with enable_seqscan = off.
 * @param partial The names of indexes that have a part of their table's rows: all of such a one is not all of the
 * table.
 */
export function findUnserved(plan: PlanNode, partial: ReadonlySet<string> = new Set(), above: Above = {}): Unserved[] {
  if (SCANS.includes(plan['Node Type'])) {
    return [...judge(plan, partial, above), ...subSelects(plan, partial)];
  }
  return (plan.Plans ?? []).flatMap((below) => findUnserved(below, partial, contextFor(plan, below, above)));
}

function subSelects(plan: PlanNode, partial: ReadonlySet<string>): Unserved[] {
  return (plan.Plans ?? []).filter((below) => isSubSelect(below)).flatMap((below) => findUnserved(below, partial));
}

function isSubSelect(node: PlanNode): boolean {
  return ['SubPlan', 'InitPlan'].includes(node['Parent Relationship'] ?? '');
}

function contextFor(node: PlanNode, below: PlanNode, above: Above): Above {
  const type = node['Node Type'];
  if (isSubSelect(below)) {
    return {};
  }
  if (PASSING.includes(type)) {
    return above;
  }
  if (type === 'Limit') {
    return { limited: true };
  }
  if (type === 'Sort') {
    return { ...above, sortKey: above.limited ? node['Sort Key'] : undefined };
  }
  if (!JOINS.includes(type)) {
    return {};
  }
  const side = below['Parent Relationship'] ?? '';
  const other = node.Plans?.find((sibling) => sibling !== below && !isSubSelect(sibling));
  const condition = node['Hash Cond'] ?? node['Merge Cond'] ?? node['Join Filter'];
  const needed = KEPT[node['Join Type'] ?? '']?.includes(side);
  const joins = above.joins ?? [];
  return { joins: condition && other && !needed && isRestricted(other) ? [...joins, condition] : joins };
}

/** Whether a side of a join has but some rows by itself: by a condition that is about no other table. */
function isRestricted(side: PlanNode): boolean {
  return nodesOf(side).some(
    (node) =>
      SMALL.includes(node['Node Type']) ||
      [node['Index Cond'], node.Filter].some((condition) => condition && aliasesIn(condition).every(isOf(node))),
  );
}

const isOf =
  ({ Alias: alias }: PlanNode) =>
  (name: string) =>
    alias === undefined || name === alias;

/** The tables that a condition is about: EXPLAIN (VERBOSE) qualifies every column. */
function aliasesIn(condition: string): string[] {
  const names = condition
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .matchAll(/("(?:[^"]|"")+"|\b[a-z_][\w$]*)\.(?=["a-z_])(?![\w$]+\()/g);
  return [...names].map(([, name = '']) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name));
}

function judge(node: PlanNode, partial: ReadonlySet<string>, { sortKey, joins = [] }: Above): Unserved[] {
  if (['pg_catalog', 'information_schema'].includes(node.Schema ?? '')) {
    return [];
  }
  const indexes = nodesOf(node).filter((below) => below === node || !isSubSelect(below));
  if (indexes.some((index) => index['Index Cond'] || partial.has(index['Index Name'] ?? ''))) {
    return [];
  }
  if (node.Filter) {
    return [{ node, hint: hintForCondition(node, node.Filter) }];
  }
  if (sortKey) {
    const reason = `sorted by ${sortKey.join(', ')} for its first rows`;
    return [{ node, reason, hint: hintForSort(node, sortKey) }];
  }
  const join = joins.find((condition) => aliasesIn(condition).some((name) => name === node.Alias));
  // An index that is read whole for a merge could have been asked for single rows as well.
  if (join === undefined || node['Index Name'] !== undefined) {
    return [];
  }
  return [{ node, reason: `for some rows of the other side, joined by ${join}`, hint: hintForCondition(node, join) }];
}
