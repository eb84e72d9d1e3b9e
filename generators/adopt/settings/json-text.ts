import { applyEdits, type JSONPath, modify } from 'jsonc-parser';

/**
 * A JSON text in which one value is set, or removed where it is undefined. The rest keeps its text.
 * @param isFirst whether a new key comes before the others.
 */
export function setIn(text: string, path: JSONPath, value: unknown, isFirst = false): string {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const formattingOptions = { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length };
  return applyEdits(
    text,
    modify(text, path, value, { formattingOptions, ...(isFirst ? { getInsertionIndex: () => 0 } : {}) }),
  );
}
