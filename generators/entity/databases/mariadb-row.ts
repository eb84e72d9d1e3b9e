import type { Column } from '../column.ts';

/** The room of a row, and of its part within a page, where short strings are whole. */
const ROW_BYTES = 65_535;
const PAGE_BYTES = 8000;

/**
 * What the columns take that are not strings with a bound, and what is left of those in the page that may lie beside
 * it.
 */
const USUAL = 30;
/** Of UTF-8. */
const CHARACTER = 4;
/** Strings with more are kept beside the page. */
const SHORT = 255;

/**
 * What MariaDB asks of the columns of a table in InnoDB, with the pages that it has by itself.
 * @returns a sentence that says why a row cannot have all of them, or undefined.
 */
export function checkRow(columns: readonly Column[]): string | undefined {
  const texts = columns.map(({ longest }) => (longest === undefined ? USUAL : longest * CHARACTER + 2));
  if (sumOf(texts) + USUAL > ROW_BYTES) {
    return `a row of mariadb has room for ${Math.floor(ROW_BYTES / CHARACTER)} characters in all strings with a bound; make the longest ones text`;
  }
  const inPage = texts.map((bytes) => (bytes <= SHORT + 1 ? bytes : USUAL));
  return sumOf(inPage) > PAGE_BYTES
    ? 'a row of mariadb has no room for so many strings of up to 63 characters; make some of them text'
    : undefined;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
