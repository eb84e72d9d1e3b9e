import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GLOBAL_FLAGS } from '../../../generators/engine/command/flags.ts';
import { EXIT, EXIT_MEANINGS } from '../../../generators/engine/failure.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';

/** The rows of the table of docs/command.md whose first heading is this, by their first cell. */
async function tableOf(heading: string): Promise<Map<string, string>> {
  const document = await readFile(join(repositoryRoot, 'docs/command.md'), 'utf8');
  const [, rows = ''] = new RegExp(`^\\| ${heading} +\\|.*\\n\\|[-| ]+\\n((?:\\|.*\\n)+)`, 'm').exec(document) ?? [];
  const lines = rows.trimEnd().split('\n');
  return new Map(
    lines.map(
      (line) =>
        line
          .split('|')
          .slice(1, 3)
          .map((cell) => cell.trim()) as [string, string],
    ),
  );
}

test('the document has the exit codes of the command, and their meanings', async () => {
  const codes = Object.entries(EXIT).map(([name, code]) => [String(code), EXIT_MEANINGS[name as keyof typeof EXIT]]);
  expect([...(await tableOf('exit code'))]).toEqual(codes);
});

test('the document has the flags of every generator', async () => {
  const flags = GLOBAL_FLAGS.map(({ name, placeholder }) => `\`--${name}${placeholder ? ` ${placeholder}` : ''}\``);
  expect([...(await tableOf('flag')).keys()]).toEqual(flags);
});
