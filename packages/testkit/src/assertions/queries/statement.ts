/** The statements of one shape, which differ in nothing but their values. */
export interface Statement {
  /** As it was first sent, with placeholders for the values. */
  readonly sql: string;
  readonly calls: number;
  /** That all calls together returned or changed. */
  readonly rows: number;
}

const CONTROL =
  /^(?:begin|start|commit|end|rollback|abort|savepoint|release|prepare\s+transaction|set|reset|show|discard|deallocate|listen|unlisten|close)\b/i;

const COMMENTS = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

/** A statement without what stands before its first word. */
export function bare(sql: string): string {
  return sql.replace(COMMENTS, '');
}

/** Whether a statement asks for data or changes it, and does not steer a transaction or a session. */
export function isQuery({ sql }: Pick<Statement, 'sql'>): boolean {
  return !CONTROL.test(bare(sql));
}

export function callsOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, { calls }) => sum + calls, 0);
}

export function rowsOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, { rows }) => sum + rows, 0);
}

/** On one line. */
export function oneLine(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim();
}

/** A count of things, in words. */
export function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
