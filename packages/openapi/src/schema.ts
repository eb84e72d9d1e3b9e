/** A schema of JSON Schema 2020-12. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

/** What goes to the upstream leaves out what is `readOnly`, what comes from it what is `writeOnly`. */
export type Direction = 'request' | 'response';
