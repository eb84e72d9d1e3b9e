/**
 * Aligns the columns of tables in Markdown whose cells got other lengths, as the formatter asks for. A table that was not
 * aligned stays as it is.
 * @param before the lines as they were.
 * @param after the same lines as they are.
 */
export function alignTables(before: readonly string[], after: readonly string[]): readonly string[] {
  const lines = [...after];
  for (let start = 0; start < lines.length; start += 1) {
    let end = start;
    while (lines[end]?.startsWith('|')) {
      end += 1;
    }
    if (isAligned(before.slice(start, end))) {
      lines.splice(start, end - start, ...aligned(after.slice(start, end)));
    }
    start = end;
  }
  return lines;
}

function isAligned(table: readonly string[]): boolean {
  return table.length > 2 && new Set(table.map(({ length }) => length)).size === 1;
}

function aligned(table: readonly string[]): readonly string[] {
  const rows = table.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const isRule = (cell: string) => /^-+$/.test(cell);
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column] ?? '').map((cell) => (isRule(cell) ? 3 : cell.length))),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0, isRule(cell) ? '-' : ' '));
    const cut = cells.map((cell, column) => (isRule(cell) ? cell.slice(0, widths[column]) : cell));
    return `| ${cut.join(' | ')} |`;
  });
}
