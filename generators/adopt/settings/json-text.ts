import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { layoutOf } from '../../engine/edit/layout.ts';

/**
 * A JSON text in which one value is set, or removed where it is undefined. The rest keeps its text.
 * @param isFirst whether a new key comes before the others.
 */
export function setIn(text: string, path: JSONPath, value: unknown, isFirst = false): string {
  const { unit, eol } = layoutOf(text);
  const formattingOptions = { insertSpaces: unit !== '\t', tabSize: unit.length, eol };
  return applyEdits(
    text,
    modify(text, path, value, { formattingOptions, ...(isFirst ? { getInsertionIndex: () => 0 } : {}) }),
  );
}
