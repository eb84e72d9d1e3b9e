import { posix } from 'node:path';
import type { Node } from '@babel/types';
import { nameOf, nodesIn, parseTypeScript, textOf } from '../engine/structures/syntax.ts';

/** A string literal that names a file relative to the one that it stands in. */
export interface Reference {
  /** Of the literal with its quotes, in the source. */
  readonly start: number;
  readonly end: number;
  /** As it is written: `../src/price.ts`, or `fixtures` in `join(import.meta.dirname, 'fixtures')`. */
  readonly text: string;
  /** Whether it must begin with a dot, as imports must. */
  readonly dotted: boolean;
  /** Whether it is an import, rather than the path of some file. */
  readonly imports: boolean;
}

/**
 * The references of a TypeScript source to files beside it, in their order.
 * @param path relative to the workspace, for the message.
 * @throws Failure when the source cannot be parsed.
 */
export function referencesIn(path: string, source: string): readonly Reference[] {
  const found: Reference[] = [];
  const add = (node: Node | null | undefined, use: 'import' | 'url' | 'path') => {
    const text = textOf(node);
    const isRelative = text !== undefined && (use === 'path' ? !text.startsWith('/') : /^\.\.?(\/|$)/.test(text));
    if (typeof node?.start === 'number' && typeof node.end === 'number' && isRelative) {
      const [dotted, imports] = [use !== 'path', use === 'import'];
      found.push({ start: node.start, end: node.end, text, dotted, imports });
    }
  };
  for (const node of nodesIn(parseTypeScript(path, source).statements)) {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
      case 'ImportExpression':
      case 'TSImportType':
        add(node.source, 'import');
        break;
      case 'TSExternalModuleReference':
        add(node.expression, 'import');
        break;
      case 'NewExpression':
        if (nameOf(node.callee) === 'URL' && nameOf(node.arguments[1]) === 'import.meta.url') {
          add(node.arguments[0], 'url');
        }
        break;
      case 'CallExpression': {
        const name = nameOf(node.callee);
        const [first, second] = node.arguments;
        if (/^(require|require\.resolve|import\.meta\.(resolve|glob)|vi\.\w+)$/.test(name)) add(first, 'import');
        const inPlace = ['import.meta.dirname', '__dirname'].includes(nameOf(first));
        if (/(^|\.)(join|resolve)$/.test(name) && inPlace) add(second, 'path');
        break;
      }
    }
  }
  return found.toSorted((left, right) => left.start - right.start);
}

/**
 * The source with its references corrected for another folder.
 * @param from the path of the file as it is, and `to` as it is going to be, in one tree, with slashes.
 * @param moved where other files of the tree go, by their present paths.
 */
export function relocate(
  source: string,
  references: readonly Reference[],
  { from, to, moved }: { from: string; to: string; moved: ReadonlyMap<string, string> },
): string {
  return references.toReversed().reduce((text, { start, end, text: reference, dotted }) => {
    const target = posix.join(posix.dirname(from), reference);
    const path = posix.relative(posix.dirname(to), moved.get(target) ?? target);
    const kept = reference.endsWith('/') && !path.endsWith('/') ? `${path}/` : path;
    const written = dotted && !kept.startsWith('.') ? `./${kept}` : kept;
    const quote = text[start] ?? "'";
    return `${text.slice(0, start)}${quote}${written}${quote}${text.slice(end)}`;
  }, source);
}
