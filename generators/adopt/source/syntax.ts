import { type ParserPlugin, parse } from '@babel/parser';
import type { SyntaxNode } from '../../engine/structures/syntax.ts';

/** A node with what it stands in. */
export interface Placed {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  /** Under which key of the parent. */
  readonly key: string;
}

/**
 * The statements of a hand-written file in TypeScript or JavaScript, decorators and JSX too.
 * @param path decides whether JSX is expected, by its ending.
 * @throws Error with the place of the mistake.
 */
export function statementsOf(path: string, source: string): readonly SyntaxNode[] {
  const plugins: ParserPlugin[] = ['typescript', 'decorators-legacy'];
  if (/x$/.test(path) || /\.[cm]?js$/.test(path)) plugins.push('jsx');
  const { program } = parse(source, { sourceType: 'unambiguous', allowReturnOutsideFunction: true, plugins });
  return program.body as SyntaxNode[];
}

/** The nodes and everything below them, in the order of the text, each with its parent. */
export function* placedNodes(
  roots: readonly SyntaxNode[],
  parent?: SyntaxNode,
  key = 'body',
): Generator<Placed, void, undefined> {
  for (const node of roots) {
    yield { node, parent, key };
    const children = Object.entries(node)
      .filter(([name]) => !name.endsWith('Comments') && name !== 'loc' && name !== 'extra')
      .flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const))
      .filter((entry): entry is [string, SyntaxNode] => isNode(entry[1]))
      .toSorted(([, left], [, right]) => left.start - right.start);
    for (const [name, child] of children) yield* placedNodes([child], node, name);
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as Partial<SyntaxNode>).type === 'string';
}
