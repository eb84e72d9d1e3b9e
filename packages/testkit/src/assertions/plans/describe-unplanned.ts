/** Says that nothing is known about a statement. */
export function describeUnplanned({ sql, problem }: { readonly sql: string; readonly problem: string }): string {
  return (
    `This statement has no plan without its values, so nothing is proved about it:\n  ${sql}\n  the server says: ${problem}\n` +
    '  hint: write the types of its parameters ($1::date), or let { except: /…/ } match the statement'
  );
}
