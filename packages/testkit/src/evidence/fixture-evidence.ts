import type {} from 'vitest';
import type { FixtureEvidence, StatementEvidence } from './evidence.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What the fixtures of the testkit have to show of the test, by the name of the fixture. */
    fixtures?: Record<string, FixtureEvidence>;
  }
}

/** Entries of a list that are kept; a test that has more repeats itself. */
export const MOST_ENTRIES = 1000;
/** Characters of what a failed test left that are kept. */
const MOST_LEFT = 1_000_000;

const evidenceOfFixture = new WeakMap<object, FixtureEvidence>();

export function newEvidence(kind: string): FixtureEvidence {
  return { kind, statements: [], left: [], requests: [] };
}

/** Remembers which evidence a test's fixture adds to. */
export function bindEvidence(fixture: unknown, evidence: FixtureEvidence): void {
  if (typeof fixture === 'object' && fixture !== null) {
    evidenceOfFixture.set(fixture, evidence);
  }
}

/** Adds statements that an assertion read from a fixture's server. */
export function recordStatements(fixture: object, statements: readonly StatementEvidence[]): void {
  const known = evidenceOfFixture.get(fixture)?.statements;
  if (known === undefined) {
    return;
  }
  for (const { sql, calls, rows } of statements) {
    const entry = known.find((one) => one.sql === sql);
    if (entry === undefined) {
      if (known.length < MOST_ENTRIES) {
        known.push({ sql, calls, rows });
      }
    } else {
      entry.calls += calls;
      entry.rows += rows;
    }
  }
}

/** Adds the plan of a statement that was recorded before. */
export function recordPlan(fixture: object, sql: string, plan: string): void {
  const entry = evidenceOfFixture.get(fixture)?.statements.find((one) => one.sql === sql);
  if (entry !== undefined) {
    entry.plan = plan;
  }
}

/** Adds what a failed test left, as far as there is room. */
export function recordLeft(evidence: FixtureEvidence, name: string, lines: readonly string[], isCut = false): void {
  let room = MOST_LEFT - evidence.left.reduce((sum, left) => sum + lengthOf(left.lines), 0);
  const fitting = lines.slice(0, MOST_ENTRIES).filter((line) => {
    room -= line.length;
    return room >= 0;
  });
  evidence.left.push({ name, lines: fitting, isCut: isCut || fitting.length < lines.length });
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
