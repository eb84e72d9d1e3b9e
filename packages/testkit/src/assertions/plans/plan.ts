/** A node of EXPLAIN (VERBOSE, FORMAT JSON), as far as assertions read it. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Parent Relationship'?: string;
  readonly 'Join Type'?: string;
  readonly Schema?: string;
  readonly 'Relation Name'?: string;
  readonly Alias?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Filter?: string;
  readonly 'Hash Cond'?: string;
  readonly 'Merge Cond'?: string;
  readonly 'Join Filter'?: string;
  readonly 'Sort Key'?: readonly string[];
  readonly Plans?: readonly PlanNode[];
}

/** A node and all below it, those of sub-selects included. */
export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** `Seq Scan on products p, filter (p.price > $1)`. */
export function describeNode(node: PlanNode): string {
  const { Alias: alias, 'Relation Name': relation, 'Index Name': index } = node;
  const where = relation && ` on ${relation}${alias && alias !== relation ? ` ${alias}` : ''}`;
  const conditions = [
    ['by', node['Index Cond']],
    ['filter', node.Filter],
    ['join', node['Hash Cond'] ?? node['Merge Cond'] ?? node['Join Filter']],
    ['by', node['Sort Key']?.join(', ')],
  ].map(([name, text]) => (text ? `, ${name} ${text}` : ''));
  return `${node['Node Type']}${index ? ` using ${index}` : ''}${where ?? ''}${conditions.join('')}`;
}

/** A plan as an indented list, a node a line. */
export function outline(node: PlanNode, indent = ''): string {
  return [indent + describeNode(node), ...(node.Plans ?? []).map((below) => outline(below, `${indent}  `))].join('\n');
}
