import { nameOf, placedNodes } from '../../engine/edit/syntax.ts';
import { applyEdits } from '../source/relocate.ts';
import { statementsOf } from '../source/syntax.ts';

/**
 * A vite.config without its `test` key, which the workspace's vitest.config.ts takes the place of.
 * @returns undefined where it is not written as an object that can be edited.
 */
export function withoutTests(path: string, text: string): string | undefined {
  // The first object with a `test` is the configuration: what it is called with comes before what is in it.
  const key = [...placedNodes(statementsOf(path, text))].find(
    ({ node, parent }) =>
      node.type === 'ObjectProperty' && nameOf(node.key) === 'test' && parent?.type === 'ObjectExpression',
  )?.node;
  if (key === undefined) {
    return undefined;
  }
  const comma = /^\s*,/.exec(text.slice(key.end))?.[0].length ?? 0;
  return asVites(applyEdits(text, [{ start: key.start, end: key.end + comma, text: '' }]));
}

/** Vitest's `defineConfig` is Vite's, with the types of the key that goes. */
function asVites(text: string): string {
  return text
    .replace(/\/\/\/\s*<reference types=["']vitest(\/config)?["']\s*\/>\n/, '')
    .replace(/(['"])vitest\/config\1/, '$1vite$1');
}
