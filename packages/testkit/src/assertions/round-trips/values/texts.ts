import fc from 'fast-check';
import { type ColumnType, lengthOf } from '../column.ts';
import type { TypeValues } from './type-values.ts';

/** Long enough to show what is cut, and short enough for any index. */
const LONG = 300;
/** A longer limit is not tried out: each shrinking step would send as much. */
const LONGEST = 10_000;

/** Code points, letters being the smallest; quicker to shrink than strings of fast-check. */
const character = fc.oneof(
  fc.integer({ min: 0x61, max: 0x7a }),
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0x1, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
);

const EDGES = [
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
  '\n',
  '\r\n',
  '\t',
  '\u0001',
  '\u007f',
  '\u2028',
  'a\ufffd',
];

/** Every character that PostgreSQL stores: not NUL, and no half of a surrogate pair. */
export function textValues(type: ColumnType): TypeValues {
  const limit = lengthOf(type);
  const longest = Math.min(limit ?? LONG, LONGEST);
  const long = ['a'.repeat(longest), '😀'.repeat(longest)];
  // char(n) does not tell trailing spaces from its padding.
  const isStorable = (text: string) =>
    !text.includes('\0') && [...text].length <= longest && !(type.name === 'bpchar' && text.endsWith(' '));
  return {
    edges: [...EDGES, ...long].filter(isStorable),
    random: fc
      .array(character, { maxLength: longest, size: 'small' })
      .map(
        (points) => String.fromCodePoint(...points),
        (text) => [...(text as string)].map((point) => point.codePointAt(0) as number),
      )
      .filter(isStorable),
  };
}
