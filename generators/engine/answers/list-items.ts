/** The items of a list that is one text, separated by commas; not by those in parentheses, as in `numeric(12,2)`. */
export function listItems(text: string): readonly string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
