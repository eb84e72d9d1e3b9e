import { type ParserPlugin, parse } from '@babel/parser';
import type { SyntaxNode } from '../../engine/edit/syntax.ts';

/**
 * The statements of a hand-written file in TypeScript or JavaScript, decorators and JSX too.
 * @param path decides whether JSX is expected, by its ending.
 * @throws {Error} with the place of the mistake.
 */
export function statementsOf(path: string, source: string): readonly SyntaxNode[] {
  const plugins: ParserPlugin[] = ['typescript', 'decorators-legacy'];
  if (/x$/.test(path) || /\.[cm]?js$/.test(path)) {
    plugins.push('jsx');
  }
  const { program } = parse(source, { sourceType: 'unambiguous', allowReturnOutsideFunction: true, plugins });
  return program.body as SyntaxNode[];
}
