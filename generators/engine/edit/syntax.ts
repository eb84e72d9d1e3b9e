import { parse } from '@babel/parser';
import type { Node } from '@babel/types';
import { EXIT, Failure, messageOf } from '../failure.ts';

/** A node of the syntax tree of a file, with its place in the text. */
export type SyntaxNode = Node & { readonly start: number; readonly end: number };

/** A comma, a comment or another token, with its place in the text. */
export interface Token {
  readonly start: number;
  readonly end: number;
}

/** A parsed file. */
export interface Syntax {
  readonly statements: readonly SyntaxNode[];
  /** Comments among them. */
  readonly tokens: readonly Token[];
}

/**
 * Parses TypeScript.
 * @param path relative to the workspace, for the message.
 * @throws {Failure} (conflict) with the place of the mistake.
 */
export function parseTypeScript(path: string, text: string): Syntax {
  try {
    const { program, tokens } = parse(text, { sourceType: 'module', plugins: ['typescript'], tokens: true });
    return { statements: program.body as SyntaxNode[], tokens: (tokens ?? []) as Token[] };
  } catch (error) {
    throw new Failure(
      EXIT.conflict,
      `${path} is to be edited, but is not valid TypeScript: ${messageOf(error)}`,
      'Correct the file and run again.',
      error,
    );
  }
}

/** The first node, in the order of the text, for which the condition holds; the roots are asked too. */
export function findNode<N extends SyntaxNode>(
  roots: readonly SyntaxNode[],
  condition: (node: SyntaxNode) => node is N,
): N | undefined {
  for (const node of nodesIn(roots)) {
    if (condition(node)) {
      return node;
    }
  }
  return undefined;
}

/** The nodes and everything below them, in the order of the text. */
export function* nodesIn(roots: readonly SyntaxNode[]): Iterable<SyntaxNode> {
  for (const { node } of placedNodes(roots)) {
    yield node;
  }
}

/** A node with its parent. */
export interface Placed {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  /** The key of the parent that has it. */
  readonly key: string;
}

/** The same, each with its parent. */
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
    for (const [name, child] of children) {
      yield* placedNodes([child], node, name);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as Partial<SyntaxNode>).type === 'string';
}

/** The expression without what only the types need: `(x satisfies T)` → `x`. */
export function bare(node: SyntaxNode | null | undefined): SyntaxNode | undefined {
  switch (node?.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
      return bare(node.expression as SyntaxNode);
    default:
      return node ?? undefined;
  }
}

/** The text of a string literal; undefined for any other node. */
export function textOf(node: Node | null | undefined): string | undefined {
  return node?.type === 'StringLiteral' ? node.value : undefined;
}

/** `vi.importActual`, `import.meta.url` or `join`; empty for what has no such name. */
export function nameOf(node: Node | null | undefined): string {
  if (node?.type === 'Identifier') {
    return node.name;
  }
  if (node?.type === 'MetaProperty') {
    return `${node.meta.name}.${node.property.name}`;
  }
  if ((node?.type !== 'MemberExpression' && node?.type !== 'OptionalMemberExpression') || node.computed) {
    return '';
  }
  const owner = nameOf(node.object);
  return owner === '' || node.property.type !== 'Identifier' ? '' : `${owner}.${node.property.name}`;
}
