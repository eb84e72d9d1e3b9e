import type MagicString from 'magic-string';
import { takenPlace } from './missing-structure.ts';
import type { Syntax, SyntaxNode } from './syntax.ts';

/** A name and the module that it is imported from. */
export interface Import {
  readonly name: string;
  readonly from: string;
  /** `import type`. */
  readonly type?: boolean;
}

type ImportDeclaration = Extract<SyntaxNode, { type: 'ImportDeclaration' }>;

/**
 * Imports a name that is not imported yet: beside the others of the same module, else on a line of its own.
 * @throws {Failure} (conflict) when the file has the name for something else.
 */
export function addImport(
  path: string,
  source: string,
  { statements }: Syntax,
  text: MagicString,
  wanted: Import,
): void {
  const { name, from, type = false } = wanted;
  const imports = statements.filter((node): node is ImportDeclaration => node.type === 'ImportDeclaration');
  const line = `import ${type ? 'type ' : ''}{ ${name} } from '${from}';`;
  const owner = statements.find((node) => declaredBy(node).includes(name));
  if (owner !== undefined) {
    if (owner.type !== 'ImportDeclaration' || owner.source.value !== from) {
      throw takenPlace(path, name, source.slice(owner.start, owner.end), line);
    }
    return;
  }
  const kind = type ? 'type' : 'value';
  const same = imports.find((node) => node.source.value === from && (node.importKind ?? 'value') === kind);
  const last = same?.specifiers.at(-1);
  if (last?.type === 'ImportSpecifier') {
    text.appendLeft(last.end ?? 0, `, ${name}`);
  } else if (imports.length > 0) {
    text.appendLeft(imports.at(-1)?.end ?? 0, `\n${line}`);
  } else {
    const start = /^(?:\uFEFF|#!.*\n)?/.exec(source)?.[0].length ?? 0;
    const isFirst = !text.toString().slice(start).startsWith('import ');
    text.appendLeft(start, `${line}\n`);
    if (isFirst) {
      text.appendRight(start, '\n');
    }
  }
}

/** The names that a statement at the top of a file declares. */
function declaredBy(node: SyntaxNode): readonly string[] {
  switch (node.type) {
    case 'ImportDeclaration':
      return node.specifiers.map(({ local }) => local.name);
    case 'ExportNamedDeclaration':
      return node.declaration ? declaredBy(node.declaration as SyntaxNode) : [];
    case 'VariableDeclaration':
      return node.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : ''));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return node.id ? [node.id.name] : [];
    default:
      return [];
  }
}
