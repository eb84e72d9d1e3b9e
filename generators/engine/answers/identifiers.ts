import jsTokens from 'js-tokens';

const NAMES: ReadonlySet<string> = new Set(['IdentifierName', 'PrivateIdentifier']);
const BLANKS: ReadonlySet<string> = new Set([
  'WhiteSpace',
  'LineTerminatorSequence',
  'SingleLineComment',
  'MultiLineComment',
]);

/**
 * The identifiers of a TypeScript source in their order, without those after a dot: names that the code declares or
 * uses, keys of objects among them. Comments, strings and regular expressions are passed over; code inside template
 * literals is not.
 */
export function identifiersIn(source: string): readonly string[] {
  const tokens = [...jsTokens(source)].filter(({ type }) => !BLANKS.has(type));
  return tokens
    .filter(({ type }, index) => NAMES.has(type) && !/^\??\.$/.test(tokens[index - 1]?.value ?? ''))
    .map(({ value }) => value);
}
