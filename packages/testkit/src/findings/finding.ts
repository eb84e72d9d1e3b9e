/** What can be found of a request, by the name that `findings.allow` takes. */
export const findingNames = [
  'repeated statement',
  'rows beyond the answer',
  'call in a transaction',
  'call with a connection held',
  'second connection',
  'unbounded wait',
  'session setting',
] as const;
export type FindingName = (typeof findingNames)[number];

/** Something that a request did and that will hurt with more data, more requests or a slow server. */
export interface Finding {
  readonly name: FindingName;
  /** What was done, by which request, and where in the code. */
  readonly message: string;
}
