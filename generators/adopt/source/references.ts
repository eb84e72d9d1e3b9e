import type { Node } from '@babel/types';
import { nameOf, type Placed, placedNodes, type SyntaxNode, textOf } from '../../engine/edit/syntax.ts';

/**
 * How a source names a file.
 * - `import`: the specifier of an import; relative or not, since it may be an alias.
 * - `url`: `new URL('./data.json', import.meta.url)`.
 * - `path`: relative to the source's folder, `join(import.meta.dirname, 'data')`.
 * - `folder`: the source's own folder, `import.meta.dirname` alone.
 * - `file`: the source itself, `dirname(import.meta.filename)`.
 * - `file-url`: the same as a URL, `dirname(fileURLToPath(import.meta.url))`.
 * - `working-path`: relative to the working directory, `resolve('test/data.json')`.
 * - `working-file`: the same where it is a file that is read or written, which need not be there yet.
 * - `working-folder`: `process.cwd()`.
 */
export type Use =
  | 'import'
  | 'url'
  | 'path'
  | 'folder'
  | 'file'
  | 'file-url'
  | 'working-path'
  | 'working-file'
  | 'working-folder';

/** A place of a source that names a file relative to the source or to the working directory. */
export interface Reference {
  /** Of the literal with its quotes, or of the expression, in the source. */
  readonly start: number;
  readonly end: number;
  /** As it is written: `../src/price.ts`; empty where it is not a literal. */
  readonly text: string;
  readonly use: Use;
}

const IMPORTING =
  /^(require|require\.resolve|import\.meta\.(resolve|glob)|(vi|vitest)\.(mock|doMock|unmock|doUnmock|importActual|importMock))$/;
const FILE_SYSTEM =
  /^(\w*fs\w*\.|promises\.)*(access|appendFile|copyFile|createReadStream|createWriteStream|exists|glob|lstat|mkdir|mkdtemp|open|opendir|readdir|readFile|readlink|realpath|rm|rmdir|stat|truncate|unlink|utimes|watch|writeFile)(Sync)?$/;
const PROCESS = /(^|\.)(spawn|spawnSync|execFile|execFileSync|fork)$/;

/** The references of a source, in their order. */
export function referencesIn(statements: readonly SyntaxNode[]): readonly Reference[] {
  return [...placedNodes(statements)]
    .flatMap((placed) => [...importsOf(placed.node), ...pathsOf(placed)])
    .toSorted((left, right) => left.start - right.start);
}

function at(node: Node | null | undefined, use: Use, text = textOf(node) ?? plainTemplate(node)): readonly Reference[] {
  if (typeof node?.start !== 'number' || typeof node.end !== 'number' || text === undefined) {
    return [];
  }
  return [{ start: node.start, end: node.end, text, use }];
}

function importsOf(node: SyntaxNode): readonly Reference[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return at(node.source, 'import');
    case 'TSExternalModuleReference':
      return at(node.expression, 'import');
    case 'CallExpression':
      return IMPORTING.test(nameOf(node.callee)) ? at(node.arguments[0], 'import') : [];
    default:
      return [];
  }
}

function pathsOf({ node, parent, key }: Placed): readonly Reference[] {
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'URL') {
    return nameOf(node.arguments[1]) === 'import.meta.url' ? at(node.arguments[0], 'url') : [];
  }
  if (isOwnFolder(node)) {
    return isJoined(node, parent, key) ? [] : at(node, 'folder', '');
  }
  if (node.type !== 'CallExpression') {
    return [];
  }
  const name = nameOf(node.callee) || memberOf(node.callee);
  const [first, second] = node.arguments;
  const isPath = /(^|\.)(join|resolve)$/.test(name) && !/^(Promise|require|import\.meta)\./.test(name);
  if (isPath && isOwnFolder(first) && textOf(second) !== undefined) {
    return at(second, 'path');
  }
  if (/\.toMatchFileSnapshot$/.test(name)) {
    return at(first, 'path');
  }
  if (name === 'process.cwd') {
    return at(node, 'working-folder', '');
  }
  if (/(^|\.)dirname$/.test(name)) {
    return ownFileIn(first);
  }
  if (/(^|\.)createRequire$/.test(name)) {
    return isOwnUrl(first) ? at(first, 'file-url', '') : [];
  }
  if (PROCESS.test(name) && second?.type === 'ArrayExpression') {
    return second.elements.flatMap((each) => at(each, 'working-path'));
  }
  const isRead = parent?.type === 'CallExpression' && FILE_SYSTEM.test(nameOf(parent.callee)) && key === 'arguments';
  if (FILE_SYSTEM.test(name)) {
    return at(first, 'working-file');
  }
  const isWorkingPath = isPath && (isRead || name.endsWith('resolve'));
  return isWorkingPath ? at(first, 'working-path') : [];
}

function isOwnFolder(node: Node | null | undefined): boolean {
  return ['import.meta.dirname', '__dirname'].includes(nameOf(node));
}

function isOwnUrl(node: Node | null | undefined): boolean {
  return nameOf(node) === 'import.meta.url';
}

/** `join(import.meta.dirname, 'data')`: the literal is what follows. */
function isJoined(node: SyntaxNode, parent: SyntaxNode | undefined, key: string): boolean {
  return (
    parent?.type === 'CallExpression' &&
    key === 'arguments' &&
    parent.arguments[0] === node &&
    /(^|\.)(join|resolve)$/.test(nameOf(parent.callee)) &&
    textOf(parent.arguments[1]) !== undefined
  );
}

/** In `dirname(import.meta.filename)` or `dirname(fileURLToPath(import.meta.url))`. */
function ownFileIn(node: Node | null | undefined): readonly Reference[] {
  if (['import.meta.filename', '__filename'].includes(nameOf(node))) {
    return at(node, 'file', '');
  }
  const isUrl = node?.type === 'CallExpression' && /(^|\.)fileURLToPath$/.test(nameOf(node.callee));
  return isUrl && isOwnUrl(node.arguments[0]) ? at(node.arguments[0], 'file-url', '') : [];
}

/** `.toMatchFileSnapshot` of `expect(x).toMatchFileSnapshot`, whose owner has no name. */
function memberOf(node: Node): string {
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' ? `.${node.property.name}` : '';
}

function plainTemplate(node: Node | null | undefined): string | undefined {
  return node?.type === 'TemplateLiteral' && node.expressions.length === 0
    ? (node.quasis[0]?.value.cooked ?? undefined)
    : undefined;
}
