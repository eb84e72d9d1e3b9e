import { nameOf, nodesIn, type SyntaxNode, textOf } from '@splitlevel/generators/engine';
import type { Mutant } from './mutant.ts';

/** A place of a text and what stands there instead. */
export type Edit = Pick<Mutant, 'what' | 'start' | 'end' | 'replacement' | 'cost'>;

/** A call of a method: `query.where('id', '=', id)`. */
export interface MethodCall {
  readonly name: string;
  /** From the end of the object that it is called on to the end of the call: `.where('id', '=', id)`. */
  readonly start: number;
  readonly end: number;
  readonly arguments: readonly SyntaxNode[];
}

/** The calls of methods below nodes, in the order of the text. */
export function* methodCallsIn(roots: readonly SyntaxNode[]): Iterable<MethodCall> {
  for (const node of nodesIn(roots)) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression' || node.callee.computed) {
      continue;
    }
    const { object, property } = node.callee as unknown as { object: SyntaxNode; property: SyntaxNode };
    yield {
      name: nameOf(property as never),
      start: object.end,
      end: node.end,
      arguments: node.arguments as unknown as readonly SyntaxNode[],
    };
  }
}

/** The call is left out: `query.where('id', '=', id).execute()` → `query.execute()`. */
export function withoutCall({ start, end }: MethodCall, what: string, cost: Mutant['cost']): Edit {
  return { what, start, end, replacement: '', cost };
}

/** The name of the method is another one. */
export function renamed(call: MethodCall, text: string, name: string, what: string, cost: Mutant['cost']): Edit {
  const start = text.indexOf(call.name, call.start);
  return { what, start, end: start + call.name.length, replacement: name, cost };
}

/** A string among the arguments is another one; undefined where it is no string, or has no other. */
export function otherText(
  argument: SyntaxNode | undefined,
  other: (text: string) => string | undefined,
  what: string,
  cost: Mutant['cost'],
): Edit | undefined {
  const text = textOf(argument as never);
  const replacement = text === undefined ? undefined : other(text);
  return argument === undefined || replacement === undefined
    ? undefined
    : { what, start: argument.start, end: argument.end, replacement: `'${replacement}'`, cost };
}
