import type { SyntaxNode } from '../../engine/edit/syntax.ts';
import type { TextEdit } from './relocate.ts';

/** How the test files take in what a set-up file does. */
export interface SetupUse {
  /** `call`: the file exports `setUp`, to be called in each test file. `import`: loading it is all. */
  readonly by: 'call' | 'import' | 'await';
  readonly edits: readonly TextEdit[];
}

/** The function that a set-up file exports afterwards. */
export const SET_UP = 'setUp';

const STAYS =
  /^(ImportDeclaration|Export\w+|TSInterfaceDeclaration|TSTypeAliasDeclaration|TSModuleDeclaration|TSDeclareFunction)$/;

/**
 * Makes of a file that Vitest ran before each test file one whose function each test file calls. Test files of a worker
 * share their modules here, so that importing it would run its statements in the first of them only.
 */
export function setupUse(path: string, source: string, statements: readonly SyntaxNode[]): SetupUse {
  const moved = statements.filter(({ type }) => !STAYS.test(type));
  if (moved.length === 0) {
    return { by: 'import', edits: [] };
  }
  const isAsync = moved.some((node) => isAwaiting(node));
  const bodies = moved.map((node) => source.slice(startOf(node), node.end));
  const removed = moved.map((node): TextEdit => ({ start: startOf(node), end: node.end, text: '' }));
  const type = /\.[cm]?tsx?$/.test(path) ? (isAsync ? ': Promise<void>' : ': void') : '';
  const head = `export ${isAsync ? 'async ' : ''}function ${SET_UP}()${type} {\n`;
  const end = source.length;
  return {
    by: isAsync ? 'await' : 'call',
    edits: [...removed, { start: end, end, text: `\n${head}${bodies.join('\n')}\n}\n` }],
  };
}

function startOf({ start, leadingComments = [] }: SyntaxNode): number {
  return Math.min(start, ...(leadingComments ?? []).map((comment) => comment.start ?? start));
}

/** Whether a statement awaits outside of functions. */
function isAwaiting(node: SyntaxNode): boolean {
  if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) {
    return true;
  }
  if (/Function|Method/.test(node.type)) {
    return false;
  }
  return Object.entries(node)
    .filter(([key]) => !key.endsWith('Comments') && key !== 'loc')
    .flatMap(([, value]) => value as unknown)
    .some((value) => typeof value === 'object' && value !== null && 'type' in value && isAwaiting(value as SyntaxNode));
}
