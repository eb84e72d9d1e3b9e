import { expect, test } from 'vitest';
import { readReport } from './read-report.ts';

const stdout = `
 VERBOSE  ━━━━━━━━━━

  i Files processed:
  
  - biome.json
  - packages/a/package.json
  - packages/a/src/index.ts
  - packages/ab/src/index.ts
  - packages/README.md
  

 VERBOSE  ━━━━━━━━━━

  i Files fixed:
  
  ! The list is empty.
`;
const stderr = `! packages/a/src/index.ts:2:17: lint/suspicious/noExplicitAny: Unexpected any.
× packages/a/src/index.ts: format: Formatter would have printed the following content:
× packages/README.md: format: Formatter would have printed the following content:
i packages/ab/src/index.ts:1:1: lint/style/useConst: Only an information.
Scanned project folder in 2s.
Checked 5 files in 6ms. No fixes applied.
`;
const projects = ['.', 'packages/a', 'packages/ab', 'packages/none'];

test('each folder has its own problems, and the root has what is in no other project', () => {
  expect(readReport({ stdout, stderr }, projects, projects)).toEqual(
    new Map([
      [
        '.',
        {
          success: false,
          output:
            '× packages/README.md: format: Formatter would have printed the following content:\nChecked 2 files. Found 1 error.\n',
        },
      ],
      [
        'packages/a',
        {
          success: false,
          output:
            '! packages/a/src/index.ts:2:17: lint/suspicious/noExplicitAny: Unexpected any.\n' +
            '× packages/a/src/index.ts: format: Formatter would have printed the following content:\n' +
            'Checked 2 files. Found 1 error. Found 1 warning.\n',
        },
      ],
      [
        'packages/ab',
        {
          success: true,
          output: 'i packages/ab/src/index.ts:1:1: lint/style/useConst: Only an information.\nChecked 1 file.\n',
        },
      ],
      [
        'packages/none',
        { success: false, output: 'packages/none: no file was checked. Does biome.json leave all of them out?\n' },
      ],
    ]),
  );
});

test('a run that came to no file tells nothing of any folder', () => {
  const text = { stdout: '', stderr: 'biome.json:2:3: Found an unknown key `x`.\n' };
  expect(readReport(text, projects, projects)).toBeUndefined();
});
