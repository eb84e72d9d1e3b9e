import type { FixtureEvidence } from '../../evidence/evidence.ts';
import { MOST_ENTRIES, recordLeft } from '../../evidence/fixture-evidence.ts';

/** Rows to read of a table: one more than is recorded, which shows that there were more. */
export const ROWS_TO_READ = MOST_ENTRIES + 1;

/**
 * Records the rows of each table that has some. A table that cannot be read leaves the reason.
 * @param read resolves with the rows of a table, a line each.
 */
export async function recordTables(
  evidence: FixtureEvidence,
  tables: readonly { readonly name: string }[],
  read: (name: string) => Promise<readonly string[]>,
): Promise<void> {
  for (const { name } of tables) {
    try {
      const lines = await read(name);
      if (lines.length > 0) {
        recordLeft(evidence, name, lines);
      }
    } catch (error) {
      recordLeft(evidence, name, [`could not be read: ${(error as Error).message}`]);
    }
  }
}
