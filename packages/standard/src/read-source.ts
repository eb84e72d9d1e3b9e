import {
  nameOf,
  nodesIn,
  parseTypeScript,
  type SyntaxNode,
  textOf,
} from '../../../generators/engine/structures/syntax.ts';
import type { Place, Reference, Source } from './repository.ts';

/** Reads a TypeScript file. One that cannot be parsed does nothing: the linter reports it. */
export function readSource(text: string): Source {
  const source = {
    imports: [] as string[],
    references: [] as Reference[],
    calls: new Set<string>(),
    mocks: [] as Place[],
    images: [] as Place[],
  };
  const modules = new Set<string>();
  const place = (start: number, what: string): Place => ({ text: what, line: text.slice(0, start).split('\n').length });
  const refer = (node: Parameters<typeof textOf>[0], isType = false): void => {
    const specifier = textOf(node);
    if (specifier !== undefined) source.references.push({ ...place(node?.start ?? 0, specifier), isType });
  };
  for (const node of nodesIn(statementsOf(text))) {
    switch (node.type) {
      case 'ImportDeclaration':
        for (const each of node.specifiers) if (each.type === 'ImportNamespaceSpecifier') modules.add(each.local.name);
        refer(node.source, node.importKind === 'type');
        if (node.importKind !== 'type') source.imports.push(node.source.value);
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        refer(node.source, node.exportKind === 'type');
        if (node.source && node.exportKind !== 'type') source.imports.push(node.source.value);
        break;
      case 'ImportExpression': {
        refer(node.source);
        const specifier = textOf(node.source);
        if (specifier !== undefined) source.imports.push(specifier);
        break;
      }
      case 'CallExpression':
      case 'OptionalCallExpression': {
        const name = calledBy(node.callee as SyntaxNode);
        const [first] = node.arguments;
        if (name !== '') source.calls.add(name);
        if (name === 'require') refer(first);
        const replaces = /^vi(test)?\.(mock|doMock|importMock)$/.test(name);
        const spies = /^vi(test)?\.spyOn$/.test(name) && modules.has(nameOf(first));
        if (replaces || spies)
          source.mocks.push(place(node.start, `${name}(${spies ? nameOf(first) : (textOf(first) ?? '…')})`));
        break;
      }
      case 'TSImportType':
        refer(node.source, true);
        break;
      case 'NewExpression': {
        const image = textOf(node.arguments[0]);
        if (/Container$/.test(nameOf(node.callee)) && image !== undefined) source.images.push(place(node.start, image));
        break;
      }
    }
  }
  return source;
}

function statementsOf(text: string): readonly SyntaxNode[] {
  try {
    return parseTypeScript('the source', text).statements;
  } catch {
    return [];
  }
}

/** The name of what is called. The owner of a method may be any expression: createService(config).listen(). */
function calledBy(callee: SyntaxNode): string {
  const name = nameOf(callee);
  const isMethod = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  return name === '' && isMethod && callee.property.type === 'Identifier' ? `(…).${callee.property.name}` : name;
}
