import { expect, test } from 'vitest';
import { updateText } from './update-text.ts';

const files = [
  { path: 'packages/orders/src/main.ts', fate: 'edit' },
  { path: 'packages/orders/src/stop.ts', fate: 'move', from: 'packages/orders/src/end.ts' },
  { path: 'packages/orders/README.md', fate: 'unchanged' },
  { path: 'packages/orders/Dockerfile', fate: 'kept' },
];

test('an update without conflicts lists what changed, and its notes', () => {
  const notes = ['packages/orders was not tried: its new libraries are not installed yet'];
  expect(updateText({ exitCode: 0, result: 'written', files, notes })).toBe(`## What was generated is updated

### Notes

- packages/orders was not tried: its new libraries are not installed yet

<details><summary>2 files</summary>

- edit \`packages/orders/src/main.ts\`
- move \`packages/orders/src/end.ts\` to \`packages/orders/src/stop.ts\`

</details>
`);
});

test('conflicts come first, each with its explanation', () => {
  const conflicts = [
    { path: 'packages/orders/src/main.ts', kind: 'content', explanation: 'both changed *these* lines, says @owner' },
  ];
  const error = 'a conflict is left to resolve:';
  const text = updateText({ exitCode: 5, result: 'written', files, conflicts, error, remedy: 'Use git mergetool.' });
  expect(text).toMatch(/^## What was generated is updated, with a conflict\n\nYou and the template changed/);
  expect(text).toContain('\n- `packages/orders/src/main.ts`: both changed \\*these\\* lines, says @\u200bowner\n');
  // The index, which git mergetool reads, is not what is pushed.
  expect(text).not.toContain('mergetool');
  const many = Array.from({ length: 2000 }, (_, index) => ({ path: `${index}`.repeat(20), explanation: 'no' }));
  const long = updateText({ exitCode: 5, result: 'written', files, conflicts: many });
  expect(long).toContain('## What was generated is updated, with 2000 conflicts');
  expect(long).toContain('- and 1900 more\n');
  expect(long.length).toBeLessThan(65_536);
});

test('nothing written: the error and what to do, whatever is in it', () => {
  const error = 'packages/orders would turn red: unit\n```\nexpected 1\n```';
  expect(updateText({ exitCode: 1, error, remedy: 'Nothing was written.' })).toBe(
    `## What was generated could not be updated\n\n\`\`\`\`text\n${error}\n\`\`\`\`\n\nNothing was written.\n`,
  );
  expect(updateText({ exitCode: 1, error: 'x'.repeat(100_000) }).length).toBeLessThan(9000);
});

test('written, but not installed: the error too', () => {
  const text = updateText({ exitCode: 4, result: 'written', files, error: 'npm install ended with exit code 1' });
  expect(text).toMatch(/^## What was generated is updated, but not all is done\n\n```text\nnpm install ended/);
  expect(text).toContain('<summary>2 files</summary>');
});

test('nothing to do', () => {
  expect(updateText({ exitCode: 0, result: 'unchanged', files })).toBe('## What was generated is up to date\n');
});

test('a name of a file that has backticks', () => {
  const text = updateText({ exitCode: 0, result: 'written', files: [{ path: '`a``b', fate: 'create' }] });
  expect(text).toContain('<summary>1 file</summary>\n\n- create ``` `a``b ```');
});
