import { closest, distance } from 'fastest-levenshtein';

/** "; did you mean X?" where one of the known words is near enough to be what was meant, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0 || word === '') {
    return '';
  }
  const near = closest(word, known);
  const [typed = '', meant = ''] = [word, near].map((each) => each.replace(/^-+/, ''));
  const likely = distance(typed, meant) <= Math.max(1, Math.floor(typed.length / (typed[0] === meant[0] ? 2 : 3)));
  return likely ? `; did you mean ${near}?` : '';
}
