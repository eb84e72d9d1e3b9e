import { nameOf, nodesIn, parseTypeScript } from '@splitlevel/generators/engine';
import type { Edit } from './chains.ts';
import type { SourceFile } from './code.ts';
import type { Mutant } from './mutant.ts';

/** Names of what bounds a wait, a number of tries or a size. */
const BOUND = /time_?out|_ms$|ms$|millis|limit|^max|most|attempts|tries|delay|size$|signal/i;
const FACTOR = 1000;

/** What is configured badly: a bound that is left out of an object, or a thousand times as wide, and a listener that is missing. */
export function boundMutants({ path, text }: SourceFile): readonly Mutant[] {
  const edits: Edit[] = [];
  for (const node of nodesIn(parseTypeScript(path, text).statements)) {
    if (node.type === 'ObjectExpression') {
      edits.push(...withoutBounds(node.properties as unknown as readonly Property[], text));
    }
    if (node.type === 'VariableDeclarator' && BOUND.test(nameOf(node.id))) {
      edits.push(...wider(node.init as unknown as Literal | null));
    }
    if (node.type === 'CallExpression' && nameOf(node.callee) === 'AbortSignal.timeout') {
      const [argument] = node.arguments as unknown as readonly Literal[];
      if (argument !== undefined) {
        edits.push({ what: WIDER, start: argument.start, end: argument.end, replacement: '2_000_000_000', cost: 4 });
      }
    }
    if (node.type === 'ExpressionStatement' && node.expression.type === 'CallExpression') {
      const isListener = /\.(on|once)$/.test(nameOf(node.expression.callee));
      if (isListener) {
        edits.push({ what: 'a listener is missing', start: node.start, end: node.end, replacement: '', cost: 4 });
      }
    }
  }
  return edits.map((edit) => ({ kind: 'bound', path, ...edit }));
}

const WIDER = 'a bound is a thousand times as wide';

interface Literal {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
}

interface Property extends Literal {
  readonly key: { readonly type: string; readonly name?: string };
  readonly value: Literal | null;
  readonly computed: boolean;
}

function withoutBounds(properties: readonly Property[], text: string): readonly Edit[] {
  return properties
    .filter(({ type, computed, key }) => type === 'ObjectProperty' && !computed && BOUND.test(key.name ?? ''))
    .map((property) => {
      // With the comma behind it.
      const comma = /^\s*,/.exec(text.slice(property.end))?.[0].length ?? 0;
      return {
        what: 'a bound is left out',
        start: property.start,
        end: property.end + comma,
        replacement: '',
        cost: 4,
      };
    });
}

function wider(value: Literal | null): readonly Edit[] {
  return value?.type === 'NumericLiteral' && typeof value.value === 'number' && value.value > 0
    ? [{ what: WIDER, start: value.start, end: value.end, replacement: String(value.value * FACTOR), cost: 4 }]
    : [];
}
