import { type Placed, placedNodes, type SyntaxNode } from '../../engine/edit/syntax.ts';

/** The names that Vitest puts on globalThis with `globals: true`, and exports. */
const GLOBALS = new Set([
  'afterAll',
  'afterEach',
  'aroundAll',
  'aroundEach',
  'assert',
  'assertType',
  'beforeAll',
  'beforeEach',
  'chai',
  'describe',
  'expect',
  'expectTypeOf',
  'it',
  'onTestFailed',
  'onTestFinished',
  'suite',
  'test',
  'vi',
  'vitest',
]);

/** The globals of Vitest that a source uses and neither imports nor declares, in alphabetical order. */
export function vitestGlobalsIn(statements: readonly SyntaxNode[]): readonly string[] {
  const used = new Set<string>();
  const declared = new Set<string>();
  for (const placed of placedNodes(statements)) {
    const { node } = placed;
    if (node.type !== 'Identifier' || !GLOBALS.has(node.name)) {
      continue;
    }
    if (isDeclaration(placed)) {
      declared.add(node.name);
    } else if (isValue(placed)) {
      used.add(node.name);
    }
  }
  return [...used].filter((name) => !declared.has(name)).toSorted();
}

const DECLARING =
  /^(ImportSpecifier|ImportDefaultSpecifier|ImportNamespaceSpecifier|VariableDeclarator|FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassDeclaration|CatchClause|RestElement|ArrayPattern)$/;

/** Whether an identifier gives the name, in any scope of the file: what is shadowed somewhere is left to its owner. */
function isDeclaration({ parent, key }: Placed): boolean {
  const type = parent?.type ?? '';
  return DECLARING.test(type) && ['local', 'id', 'params', 'param', 'argument', 'elements'].includes(key);
}

function isValue({ parent, key }: Placed): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return key !== 'property' || parent.computed;
    case 'ObjectProperty':
      return key !== 'key' || parent.computed || parent.shorthand;
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return key !== 'key';
    case 'ImportSpecifier':
    case 'ExportSpecifier':
      return false;
    default:
      return true;
  }
}
