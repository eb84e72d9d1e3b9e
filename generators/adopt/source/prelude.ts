import type { SyntaxNode } from '../../engine/edit/syntax.ts';
import type { TextEdit } from './relocate.ts';

/** The new beginning of a test file, which does what its package's Vitest configuration did. */
export interface Prelude {
  /** Names that the file needs of vitest. */
  readonly names: readonly string[];
  /** Comments for its first line. */
  readonly comments: readonly string[];
  readonly imports: readonly string[];
  /** Statements behind the imports. */
  readonly statements: readonly string[];
}

/** The edits that put the prelude into a file. What it has already is not put in again. */
export function preludeEdits(source: string, statements: readonly SyntaxNode[], prelude: Prelude): readonly TextEdit[] {
  const { names, comments, imports, statements: added } = prelude;
  const start = statements[0]?.start ?? 0;
  const last = statements.filter(({ type }) => type === 'ImportDeclaration').at(-1);
  const own = names.filter((name) => !importsOfVitest(statements).includes(name));
  const lines = [...(own.length === 0 ? [] : [`import { ${own.join(', ')} } from 'vitest';`]), ...imports];
  const head = comments.filter((comment) => !source.includes(comment.replace(/^\/\/ /, '')));
  const behind = last?.end ?? start;
  return [
    { start: 0, end: 0, text: lined(head) },
    { start, end: start, text: lined(lines) },
    { start: behind, end: behind, text: added.length === 0 ? '' : `\n\n${added.join('\n')}\n\n` },
  ].filter(({ text }) => text !== '');
}

function lined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function importsOfVitest(statements: readonly SyntaxNode[]): readonly string[] {
  return statements.flatMap((node) =>
    node.type === 'ImportDeclaration' && node.source.value === 'vitest' && node.importKind !== 'type'
      ? node.specifiers.map(({ local }) => local.name)
      : [],
  );
}
