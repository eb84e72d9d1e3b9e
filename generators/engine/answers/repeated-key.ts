import { type Node, parseTree } from 'jsonc-parser';

/** A key that an object of a JSON text has twice, at any depth, with the line of the second; undefined: there is none. */
export function repeatedKey(text: string): { readonly key: string; readonly line: number } | undefined {
  const tree = parseTree(text);
  const found = tree && repeatedIn(tree);
  return found && { key: String(found.value), line: text.slice(0, found.offset).split('\n').length };
}

function repeatedIn(node: Node): Node | undefined {
  const children = node.children ?? [];
  const seen = new Set<unknown>();
  for (const child of children) {
    const [key] = node.type === 'object' ? (child.children ?? []) : [];
    if (key !== undefined && seen.has(key.value)) {
      return key;
    }
    if (key !== undefined) {
      seen.add(key.value);
    }
    const deeper = repeatedIn(child);
    if (deeper !== undefined) {
      return deeper;
    }
  }
  return undefined;
}
