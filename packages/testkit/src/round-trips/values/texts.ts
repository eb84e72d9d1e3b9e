import fc from 'fast-check';
import { type ColumnType, lengthOf } from '../column.ts';
import type { TypeValues } from './type-values.ts';

/** Long enough to show what is cut, and short enough for any index. */
const LONG = 300;

const EDGES = [
  ...[
    'a',
    '',
    ' ',
    ' a ',
    'A',
    'é',
    'e\u0301',
    'ß',
    'İ',
    '😀',
    '👩‍👩‍👧',
    '한글',
    'שלום',
    '\u202eabc',
    '\ufeffa',
    'a\u200bb',
    'ﬁ',
  ],
  ...[
    "O'Reilly",
    '"',
    '\\',
    '\\n',
    "'; drop table products; --",
    '%_',
    '$1',
    '{{a}}',
    '<b>&amp;</b>',
    'null',
    '0',
    '1e3',
  ],
  ...['\n', '\r\n', '\t', '\u0001', '\u007f', '\u2028', 'a\ufffd'],
];

/** Every character that PostgreSQL stores: not NUL, and no half of a surrogate pair. */
export function textValues(type: ColumnType): TypeValues {
  const limit = lengthOf(type);
  const longest = limit ?? LONG;
  const long = ['a'.repeat(longest), '😀'.repeat(longest)];
  // char(n) does not tell trailing spaces from its padding.
  const isStorable = (text: string) =>
    !text.includes('\0') && [...text].length <= longest && !(type.name === 'bpchar' && text.endsWith(' '));
  return {
    edges: [...EDGES, ...(limit === undefined || limit <= 10_000 ? long : [])].filter(isStorable),
    random: fc.string({ unit: 'binary', maxLength: Math.min(longest, 40) }).filter(isStorable),
  };
}
