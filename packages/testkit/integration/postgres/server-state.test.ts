import type { Run } from '@splitlevel/guards/run-vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { passed, runFixtures } from './run-fixtures.ts';

/** What a test changes, and how its failure says so. */
const changes = {
  'the password of the role': 'the password of the role',
  'a setting of the role': 'the settings of the role (ALTER ROLE … SET)',
  'a setting of the role in the database': 'the settings of the database (ALTER DATABASE … SET)',
  'a setting of the database': 'the settings of the database (ALTER DATABASE … SET)',
  'the most connections of the database': 'the attributes of the database (CONNECTION LIMIT and others)',
  'privileges on the database': 'the privileges on the database (GRANT … ON DATABASE)',
  'the comment on the database': 'the comment on the database',
};

describe('what the server keeps of a database and its role', () => {
  let run: Run;

  beforeAll(async () => {
    run = await runFixtures(['server-state', 'next-file-1'], ['--maxWorkers=1', '--no-isolate']);
  }, 120_000);

  test.for(Object.entries(changes))('fails the test that changes it: %s', ([name, line]) => {
    const message = run.files['server-state.fixture.ts']?.tests[name]?.message ?? '';
    expect(message).toContain(`and its role, which no reset of rows sets back:\n- ${line}\nUndo it in the test`);
    expect(message).toContain("test.override('isolation', 'clone')");
  });

  test.for([
    [
      'the password of the migrating role',
      'the password of the role that ran the migrations, by this test or one beside it',
    ],
    [
      'a setting of the migrating role',
      'the settings of the role that ran the migrations (ALTER ROLE … SET), by this test or one beside it',
    ],
  ] as const)('fails the test that changes it, also in a clone, and is set back: %s', ([name, line]) => {
    const { tests = {} } = run.files['server-state.fixture.ts'] ?? {};
    expect(tests[name]?.message).toContain(`\n- ${line}\n`);
    expect(tests[`a clone that changes ${name} fails`]?.message).toContain(`\n- ${line}\n`);
    expect(tests[`a clone that changes ${name} is followed by a new one`]?.status).toBe('passed');
  });

  test('is new for the next test, and for the next file', () => {
    const names = passed(run.files['server-state.fixture.ts'] ?? { status: 'failed', message: '', tests: {} });
    expect(names.filter((name) => name.startsWith('after'))).toHaveLength(Object.keys(changes).length);
    expect(run.files['next-file-1.fixture.ts']?.status).toBe('passed');
  });

  test("is the test's own where it undoes it, and in a clone", () => {
    const names = passed(run.files['server-state.fixture.ts'] ?? { status: 'failed', message: '', tests: {} });
    expect(names).toContain('undone');
    expect(names.filter((name) => name.startsWith('a clone ') && !name.includes('migrating'))).toHaveLength(
      2 * Object.keys(changes).length,
    );
  });
});
