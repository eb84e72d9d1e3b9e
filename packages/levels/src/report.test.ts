import { expect, test } from 'vitest';
import { type Findings, reportAsJson, reportAsText } from './report.ts';

const text = 'const a = 1;\nquery.where(a);\n';
const findings: Findings = {
  packageName: 'orders',
  seconds: 12.4,
  remembered: 3,
  textOf: () => text,
  looks: {
    unit: {
      type: 'look',
      tests: [{ id: '1', file: 'src/a.test.ts', name: 'a is one', milliseconds: 1 }],
      reached: {},
      reachedOnLoad: [],
      loads: {},
      starters: [],
      answered: {},
      failures: [],
    },
  },
  all: [
    {
      mutant: {
        kind: 'query',
        what: 'a filter is left out',
        path: 'src/a.ts',
        start: 18,
        end: 27,
        replacement: '',
        cost: 5,
      },
      unit: { outcome: 'not reached' },
      integration: { outcome: 'survived' },
    },
    {
      mutant: {
        kind: 'code',
        what: 'string literal',
        path: 'src/a.ts',
        start: 10,
        end: 11,
        replacement: '`2`',
        cost: 1,
      },
      unit: { outcome: 'not reached' },
      integration: { outcome: 'not reached' },
    },
    {
      mutant: { kind: 'code', what: 'string literal', path: 'src/a.ts', start: 0, end: 1, replacement: '', cost: 1 },
      unit: { outcome: 'survived' },
      integration: undefined,
    },
  ],
};

test('the report says which level catches what, what none catches, and which tests add nothing', () => {
  expect(reportAsText(findings)).toBe(`# Levels of orders

2 of 3 mutants (67 %), in 12 s, with 3 verdicts of earlier runs. What was tried is a sample, the same each time for the same code.

| kind | mutants | unit | unit, at least | both | integration | none | untried |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| query | 1 | 0 | 0 | 0 | 0 | 1 | 0 |
| code | 2 | 0 | 0 | 0 | 0 | 1 | 1 |
| all | 3 | 0 | 0 | 0 | 0 | 2 | 1 |

## Caught by none: 2

### Data lost or wrong for good: 1

- \`src/a.ts:2\` a filter is left out: \`.where(a)\` → nothing

### Little more than words: 1

- \`src/a.ts:1\` string literal: \`1\` → \`'2'\` (no test reaches it)

## Unit tests that catch no mutant that others do not: 1 of 1

- \`src/a.test.ts\`: a is one
`);
});

test('programs get the same', () => {
  const { survivors, needless, counts } = JSON.parse(reportAsJson(findings));
  expect(survivors.map(({ line }: { line: number }) => line)).toEqual([2, 1]);
  expect(needless).toEqual({ unit: [{ file: 'src/a.test.ts', name: 'a is one' }] });
  expect(counts.query.none).toBe(1);
});
