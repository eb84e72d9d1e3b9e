import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { SourceFile } from './code.ts';
import type { Mutant } from './mutant.ts';

/** An upstream that answers otherwise than its stub says: a field is missing or another, the status says failure. */
export function stubMutants({ path, text }: SourceFile): readonly Mutant[] {
  const tree = parseTree(text);
  const response = tree === undefined ? undefined : findNodeAtLocation(tree, ['response']);
  if (response === undefined) {
    return [];
  }
  const place = ({ offset, length }: Node) => ({ start: offset, end: offset + length });
  const mutants: Mutant[] = [];
  const status = findNodeAtLocation(response, ['status']);
  if (status !== undefined) {
    const what = 'the upstream answers with status 500';
    mutants.push({ kind: 'stub', path, what, ...place(status), replacement: '500', cost: 3 });
  }
  const body = findNodeAtLocation(response, ['jsonBody']);
  for (const leaf of body === undefined ? [] : leavesIn(body)) {
    const value = otherValue(leaf);
    if (value !== undefined) {
      const what = 'the upstream answers with another value';
      mutants.push({ kind: 'stub', path, what, ...place(leaf), replacement: JSON.stringify(value), cost: 3 });
    }
    if (leaf.parent?.type === 'property') {
      const what = 'the upstream leaves a field out';
      const renamed = leaf.parent.children?.[0];
      if (renamed !== undefined) {
        mutants.push({ kind: 'stub', path, what, ...place(renamed), replacement: '"leftOut"', cost: 3 });
      }
    }
  }
  return mutants;
}

function leavesIn(node: Node): readonly Node[] {
  if (node.type === 'object') {
    return (node.children ?? []).flatMap((property) => (property.children?.[1] ? leavesIn(property.children[1]) : []));
  }
  return node.type === 'array' ? (node.children ?? []).flatMap(leavesIn) : [node];
}

function otherValue({ type, value }: Node): unknown {
  switch (type) {
    case 'number':
      return Number(value) + 1;
    case 'boolean':
      return !value;
    case 'string':
      // A template is answered by WireMock, from the request.
      return String(value).includes('{{') ? undefined : `${value}x`;
    default:
      return undefined;
  }
}
