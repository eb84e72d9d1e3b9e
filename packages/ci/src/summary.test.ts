import { expect, test } from 'vitest';
import { summarise } from './summary.ts';

const postgres = 'postgres 18.4 from a container (abc, started in 0.5 s)';

test('a run says what ran, what the cache answered, on which servers, and what was slow', () => {
  const summary = summarise({
    occasions: ['a pull request: files changed since abc'],
    tasks: [
      { id: 'pricing:integration', status: 'ran', seconds: 4.04, servers: [postgres] },
      { id: 'pricing:unit', status: 'cached', seconds: 0, servers: [] },
    ],
    tests: [
      {
        testResults: [
          {
            name: 'packages/pricing/integration/a.test.ts',
            startTime: 0,
            endTime: 3000,
            assertionResults: [
              { fullName: 'quick', status: 'passed', duration: 49 },
              { fullName: `long ${'x'.repeat(200)}`, status: 'passed', duration: 50 },
              { fullName: 'slow | and <odd>', status: 'passed', duration: 2500 },
            ],
          },
        ],
      },
    ],
    endings: [],
    left: 0,
  });
  expect(summary).toBe(`## Passed: 1 ran, 1 answered by the cache

a pull request: files changed since abc

| package | lint | typecheck | unit | integration |
| --- | --- | --- | --- | --- |
| pricing |  |  | cache | 4.0 s |

### Servers

- pricing: ${postgres}

### Slowest tests

- 2.5 s slow \\| and \\<odd\\> (packages/pricing/integration/a.test.ts)
- 0.1 s long ${'x'.repeat(115)}… (packages/pricing/integration/a.test.ts)
`);
});

test('a failure is shown without colours, and says where what it left is', () => {
  const summary = summarise({
    occasions: [],
    tasks: [
      { id: 'pricing:integration', status: 'failed', seconds: 1, servers: [] },
      { id: 'pricing:integration', status: 'ran', seconds: 1, servers: [] },
    ],
    tests: [
      {
        testResults: [
          {
            name: 'packages/pricing/integration/a.test.ts',
            startTime: 0,
            endTime: 1,
            assertionResults: [
              {
                fullName: 'breaks',
                status: 'failed',
                failureMessages: ['\u001b[31mexpected 1\u001b[39m', 'x'.repeat(3000)],
              },
            ],
          },
        ],
      },
    ],
    endings: [],
    left: 1,
  });
  expect(summary).toContain('## 1 failed: 2 ran, 0 answered by the cache');
  expect(summary).toContain('| pricing |  |  |  | **failed** 2.0 s |');
  expect(summary).toContain('- breaks (packages/pricing/integration/a.test.ts)\n\n```\nexpected 1\nxxx');
  expect(summary).toContain('xxx\n…\n```');
  expect(summary).toContain(
    'What failed tests left in their servers is in `left/` of the reports: 1 of them left something.',
  );
});

test('a run of nothing says so', () => {
  expect(summarise({ occasions: [], tasks: [], endings: [], tests: [], left: 0 })).toBe(
    '## Nothing had to run\n\nNo server was needed.\n',
  );
});

test('a run of nothing because Nx failed is not told as one of nothing to do', () => {
  const endings = ['`nx affected -t unit` was ended by SIGKILL, and no task failed'];
  expect(summarise({ occasions: [], tasks: [], endings, tests: [], left: 0 })).toBe(
    `## Nx itself failed\n\n${endings[0]}\n\nNo server was needed.\n`,
  );
});
