import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlantedBug } from './catalogue.ts';

const readme = join(import.meta.dirname, 'README.md');
const heading = '## The catalogue\n\n';

/**
 * Writes the table at the end of the README: what the run has shown of each bug.
 * @returns whether the README had it already.
 */
export async function refreshTable(bugs: readonly PlantedBug[]): Promise<'unchanged' | 'written'> {
  const before = await readFile(readme, 'utf8');
  const [text] = before.split(heading);
  const after = `${text}${heading}${tableOf(bugs)}`;
  if (after === before) {
    return 'unchanged';
  }
  await writeFile(readme, after);
  return 'written';
}

function tableOf(bugs: readonly PlantedBug[]): string {
  const rows = [
    ['bug', 'class', 'failing test', 'message'],
    ...bugs.map((bug) => [bug.title, bug.class, bug.test, bug.message]),
  ];
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [head = [], ...body] = cells;
  return line(head) + rule + body.map(line).join('');
}
