import { closest, distance } from 'fastest-levenshtein';

/** "; did you mean X?" where one of the known words is near enough to be what was meant, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0 || word === '') {
    return '';
  }
  const near = closest(word, known);
  const letters = word.replace(/^-+/, '').length;
  return distance(word, near) <= Math.max(1, Math.floor(letters / 3)) ? `; did you mean ${near}?` : '';
}
