/** A schema of JSON Schema 2020-12. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

/** Requests leave out fields that are `readOnly`, responses those that are `writeOnly`. */
export type Direction = 'request' | 'response';
