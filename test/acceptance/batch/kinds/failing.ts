import { atImport, type Kind, oneTest } from './kind.ts';

/** What a test runner tells by itself. */
export const failing: readonly Kind[] = [
  { name: 'a red test', files: oneTest('expect(1).toBe(2);'), says: /expected 1 to be 2/ },
  { name: 'a throw at import', files: atImport("throw new Error('thrown at import');"), says: /thrown at import/ },
  { name: 'a syntax error', files: { 'src/index.test.ts': 'const = ;\n' }, says: /Unexpected token|PARSE_ERROR/ },
  { name: 'a syntax error of source', files: { 'src/index.ts': 'export const = ;\n' }, says: /PARSE_ERROR|Unexpected/ },
  {
    name: 'a missing import',
    files: { 'src/index.test.ts': "import './gone.ts';\n" },
    says: /gone\.ts/,
  },
  {
    name: 'an import of a package that is not installed',
    files: { 'src/index.test.ts': "import 'no-such-package-anywhere';\n" },
    says: /no-such-package-anywhere/,
  },
  {
    name: 'a test that never resolves',
    files: oneTest('await new Promise(() => {});'),
    says: /Test timed out in 500ms/,
  },
  {
    name: 'a hook that never resolves',
    files: atImport('afterAll(() => new Promise(() => {}), 700);'),
    says: /Hook timed out in 700ms/,
  },
  {
    name: 'a stack overflow',
    files: oneTest('const again = (): number => again() + 1; again();'),
    says: /Maximum call stack size exceeded/,
  },
  {
    name: 'a snapshot mismatch',
    files: {
      ...oneTest("expect('is').toMatchSnapshot();"),
      'src/__snapshots__/index.test.ts.snap':
        '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`guilty 1`] = `"was"`;\n',
    },
    says: /Snapshot `guilty 1` mismatched/,
  },
  {
    name: 'a new snapshot in CI',
    files: oneTest("expect('new').toMatchSnapshot();"),
    environment: { CI: '1' },
    says: /Snapshot `guilty 1` mismatched/,
  },
  {
    name: 'a file without a test',
    files: { 'src/index.test.ts': "import 'vitest';\n" },
    says: /No test suite found/,
  },
  {
    name: 'a test file in the wrong place',
    files: { 'test/misplaced.test.ts': "import { test } from 'vitest';\n\ntest('misplaced', () => {});\n" },
    says: /misplaced\.test\.ts/,
  },
  { name: 'an empty test file', files: { 'src/index.test.ts': '' }, says: /No test suite found/ },
  { name: 'a package without tests', files: { 'src/index.test.ts': undefined }, says: /No test files found/ },
  {
    name: 'a test that may be slow, and computes',
    files: {
      'src/index.test.ts': `import { test } from 'vitest';

test('slow by itself', { timeout: 60_000 }, () => {
  for (const since = Date.now(); Date.now() - since < 9000; ) {}
});
`,
    },
    says: /slow by itself +9\d\d\dms/,
    isGreen: true,
  },
  {
    name: 'a hook that may be slow, and waits',
    files: atImport('afterAll(() => new Promise((done) => setTimeout(done, 9000)), 60_000);'),
    says: /1 passed/,
    saysAlone: /Duration +9\./,
    isGreen: true,
  },
  {
    name: 'an output of 1 MB',
    files: oneTest(
      "const line = `${'#'.repeat(1023)}\\n`; for (let count = 0; count < 1024; count++) { process.stdout.write(line); }",
    ),
    says: /(?:#{1023}\n[^#]*){1024}/,
    saysAlone: /####/,
    isGreen: true,
  },
  {
    name: 'printing, raw and by the console',
    files: oneTest(
      "console.log('said by log'); console.error('said by error'); process.stdout.write('raw out\\n'); process.stderr.write('raw err\\n'); expect(1).toBe(2);",
      "console.log('said at import');",
    ),
    says: /(?=.*said by log)(?=.*said by error)(?=.*raw out)(?=.*raw err)(?=.*said at import)/s,
    saysAlone: /said by|raw out|raw err|said at/,
  },
];
