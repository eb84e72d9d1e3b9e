import { expect, test } from 'vitest';
import { bindEvidence, newEvidence, recordLeft, recordPlan, recordStatements } from './fixture-evidence.ts';

test('what assertions read of one statement becomes one entry, with its plan', () => {
  const [database, evidence] = [{}, newEvidence('postgres')];
  bindEvidence(database, evidence);
  recordStatements(database, [{ sql: 'SELECT 1', calls: 2, rows: 2 }]);
  recordStatements(database, [
    { sql: 'SELECT 1', calls: 1, rows: 1 },
    { sql: 'SELECT 2', calls: 1, rows: 0 },
  ]);
  recordPlan(database, 'SELECT 2', 'Result');
  recordPlan(database, 'SELECT 3', 'Result');
  expect(evidence.statements).toEqual([
    { sql: 'SELECT 1', calls: 3, rows: 3 },
    { sql: 'SELECT 2', calls: 1, rows: 0, plan: 'Result' },
  ]);
});

test('a fixture that is bound to no evidence records nothing', () => {
  expect(() => recordStatements({}, [{ sql: 'SELECT 1', calls: 1, rows: 1 }])).not.toThrow();
});

test('what a test left is bounded, and says where it is cut', () => {
  const evidence = newEvidence('postgres');
  recordLeft(evidence, 'small', ['a', 'b']);
  recordLeft(evidence, 'read in part', ['a'], true);
  recordLeft(evidence, 'many', new Array(2000).fill('row'));
  recordLeft(evidence, 'wide', ['x'.repeat(600_000), 'y'.repeat(600_000)]);
  recordLeft(evidence, 'late', ['z'.repeat(600_000)]);
  expect(evidence.left.map(({ name, lines, isCut }) => [name, lines.length, isCut])).toEqual([
    ['small', 2, false],
    ['read in part', 1, true],
    ['many', 1000, true],
    ['wide', 1, true],
    ['late', 0, true],
  ]);
});
