import { expect, test } from 'vitest';
import { aRepository } from '../a-repository.ts';
import { findingsIn } from './rules.ts';

/** The findings where these faults pass. */
const told = (...passed: string[]) => {
  const { faults } = aRepository();
  const value = new Map([...(faults.value ?? []), ...passed.map((name) => [name, 'passed'] as const)]);
  return findingsIn(aRepository({ faults: { value } })).map((each) => `${each.package} ${each.rule}: ${each.what}`);
};

test.each([
  [
    'unit: a test that opens a socket',
    'vitest.config.ts (or the guards of the testkit): the target unit passes a test that opens a socket',
  ],
  ['lint: what noDebugger refuses', 'biome.json: the target lint passes what noDebugger refuses: noDebugger is off'],
  ['typecheck: what strict refuses', 'tsconfig.json: the target typecheck passes what strict refuses: strict is off'],
  ['lint: a warning', 'nx.json: the target lint passes what the linter warns of'],
  ['integration: a package without tests', 'nx.json: the target integration passes a package without tests'],
])('%s', (name, what) => {
  expect(told(name)).toEqual([`workspace refused: ${what}`]);
});

test('a target whose failure counts for nothing is named once', () => {
  expect(told('unit: its own failure', 'unit: a test that fails', 'unit: a package without tests')).toEqual([
    'workspace refused: nx.json: the target unit passes a package that is full of faults',
  ]);
});

test('faults that nobody has seen refused have passed', () => {
  expect(findingsIn(aRepository({ faults: { value: new Map() } })).length).toBeGreaterThan(3);
});

test('a target that fails before it comes to the faults', () => {
  const value = new Map(
    [...(aRepository().faults.value ?? [])].filter(([name]) => !/^unit: (a|what) /.test(name) || /without/.test(name)),
  );
  expect(
    findingsIn(aRepository({ faults: { value: new Map([...value, ['unit: its run', 'no engine']]) } })),
  ).toMatchObject([{ what: 'What the target unit refuses cannot be told, since it fails before: no engine' }]);
});

test('what cannot be told', () => {
  expect(findingsIn(aRepository({ faults: { problem: 'no space left' } }))).toMatchObject([
    { rule: 'refused', what: 'What the targets refuse cannot be told: no space left' },
  ]);
});
