import { expect, test } from 'vitest';
import { layoutOf, reindent } from './layout.ts';

test.each([
  ['{\n  "a": 1\n}\n', '  ', '\n'],
  ['{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n', '\t', '\n'],
  ['{\n    "a": {\n        "b": 1\n    }\n}', '    ', '\n'],
  ['{\n "a": {\n  "b": 1\n }\n}', ' ', '\n'],
  ['{\r\n   "a": 1\r\n}\r\n', '   ', '\r\n'],
  ['/**\n * Adds.\n */\nexport function add() {\n\treturn 1;\n}\n', '\t', '\n'],
  ['a\r\nb\nc\n', '  ', '\n'],
  ['{"a":1}', '  ', '\n'],
  ['', '  ', '\n'],
])('%j', (text, unit, eol) => {
  expect(layoutOf(text)).toEqual({ unit, eol });
});

test('code gets the indentation of the file', () => {
  expect(reindent('f({\n  a: {\n    b,\n  },\n})', '\t')).toBe('f({\n\ta: {\n\t\tb,\n\t},\n})');
  expect(reindent('f({\n  a,\n})', '    ')).toBe('f({\n    a,\n})');
});
