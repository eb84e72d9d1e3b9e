import { resolve } from 'node:path';
import { runVitest } from '@splitlevel/guards/run-vitest';
import { expect, test } from 'vitest';

const config = resolve(
  import.meta.dirname,
  '../../../../packages/testkit/integration/wiremock/children/vitest.config.ts',
);
const folder = 'packages/testkit/integration/wiremock/children';

test('an upstream is verified at the end of its test without being asked', { timeout: 60_000 }, async () => {
  const { files } = await runVitest(config, [`${folder}/verification.fixture.ts`]);
  const tests = files['verification.fixture.ts']?.tests ?? {};
  const statuses = Object.fromEntries(Object.entries(tests).map(([name, { status }]) => [name, status]));
  expect(statuses).toEqual({
    passes: 'passed',
    'asks what no stub knows, and does not look at the answer': 'failed',
    'does not ask what was promised': 'failed',
    'fails, and asks what no stub knows': 'failed',
    'fails before it asks what was promised': 'failed',
    'is expected to fail, and keeps its promises': 'passed',
    'is skipped in the middle': 'skipped',
    'does not use the upstream': 'passed',
  });
  expect(tests['asks what no stub knows, and does not look at the answer']?.message).toContain(
    `GET /products/7/price\n  The closest stub is GET /products/{id} "a product" of ${folder}/stubs/shop/products.json (mapping 1 of 3)`,
  );
  expect(tests['does not ask what was promised']?.message).toContain(
    'was promised exactly 1 request for a stub, and got no requests',
  );
  expect(tests['fails, and asks what no stub knows']?.message).toMatch(
    /^UpstreamError: The upstream "shop" got a request that no stub matches \(answered 404\):\n\n {2}GET \/nothing\n[\s\S]*AssertionError: expected 'this failure'/,
  );
  expect(tests['fails before it asks what was promised']?.message).toMatch(
    /^AssertionError: expected 'this failure'[\s\S]*UpstreamError: The upstream "shop" was promised exactly 1 request/,
  );
});

test('a request that comes after its test has ended fails the file and names the test', {
  timeout: 60_000,
}, async () => {
  const { files, output } = await runVitest(config, [`${folder}/late.fixture.ts`]);
  expect(files['late.fixture.ts']).toMatchObject({ status: 'failed' });
  expect(output).toContain(
    'The upstream "shop" got requests after the test that sent them had ended:\n' +
      '  GET /products/8 of the test "does not wait for what it starts"\n' +
      'Wait in the test for what it starts, or stop it there.',
  );
});

test('four workers with the same stubs at the same time do not see each other', { timeout: 60_000 }, async () => {
  const { files, exitCode, output } = await runVitest(config, [`${folder}/cross-talk-`]);
  expect(exitCode, output).toBe(0);
  expect(Object.keys(files)).toHaveLength(4);
  for (const { tests } of Object.values(files)) {
    expect(Object.keys(tests)).toHaveLength(25);
  }
});

test('the testkit has its own fetch, whatever a test without the guard puts in its place', {
  timeout: 60_000,
}, async () => {
  const { files, output } = await runVitest(config, [`${folder}/replaced-fetch.fixture.ts`], [], { UNGUARDED: '1' });
  expect(files['replaced-fetch.fixture.ts'], output).toMatchObject({ status: 'passed' });
});
