/**
 * A name for code, files and types made of any string: letters and digits in PascalCase, at most 60 of them.
 * @param taken names that it must differ from, in lower case: it differs in more than its case. It is added to them.
 */
export function uniqueName(text: string, taken: Set<string>): string {
  const words = text.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const name = (/^[A-Za-z]/.test(joined) ? joined : `Of${joined}`).slice(0, 60);
  let unique = name;
  for (let count = 2; taken.has(unique.toLowerCase()); count += 1) {
    unique = `${name}${count}`;
  }
  taken.add(unique.toLowerCase());
  return unique;
}
