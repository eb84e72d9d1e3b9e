import { bare, nameOf, type SyntaxNode } from '../../engine/structures/syntax.ts';
import { applyEdits } from '../source/relocate.ts';
import { placedNodes, statementsOf } from '../source/syntax.ts';

/**
 * A vite.config without its `test` key, which the workspace's vitest.config.ts takes the place of.
 * @returns undefined where it is not written as an object that can be edited.
 */
export function withoutTests(path: string, text: string): string | undefined {
  for (const { node, parent } of placedNodes(statementsOf(path, text))) {
    if (node.type !== 'ObjectProperty' || nameOf(node.key) !== 'test' || parent?.type !== 'ObjectExpression') continue;
    if (!parent.properties.some((each) => each === node)) continue;
    const end = /^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0;
    return isConfiguration(bare(parent))
      ? asVites(applyEdits(text, [{ start: node.start, end: node.end + end, text: '' }]))
      : undefined;
  }
  return undefined;
}

/** Vitest's `defineConfig` is Vite's, with the types of the key that goes. */
function asVites(text: string): string {
  return text
    .replace(/\/\/\/\s*<reference types=["']vitest(\/config)?["']\s*\/>\n/, '')
    .replace(/(['"])vitest\/config\1/, '$1vite$1');
}

/** The first object with a `test` is the configuration's: what it is called with comes before what is in it. */
function isConfiguration(node: SyntaxNode | undefined): boolean {
  return node?.type === 'ObjectExpression';
}
