import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readWorkspace } from '../../../generators/engine/workspace.ts';
import { takeOver } from './own.ts';
import { readRepository } from './read-repository.ts';
import { regenerate } from './regenerate.ts';
import { reportAsJson, reportAsText } from './report.ts';
import { findingsIn } from './rules/rules.ts';

const HELP = `Usage: npm run standard -- [--json] [--own PATH]

Tells how far this repository is from the standard. Exit code 0 only where all holds, 1 where something does not,
2 where it cannot be told.

  --json      Print one JSON object
  --own PATH  Take generated files over that were edited or whose template has changed: a file, or all of a folder`;

/** `npm run standard`. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      own: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const root = join(import.meta.dirname, '../../..');
  if (values.own !== undefined) {
    const entered = takeOver(root, values.own, await regenerate(readWorkspace(root)));
    console.log(`${entered} ${entered === 1 ? 'file is' : 'files are'} entered as yours in the record.`);
    return entered > 0 ? 0 : 1;
  }
  if (process.stderr.isTTY) console.error('Running the unit tests, and making each generated package anew…\n');
  const repository = await readRepository(root);
  const findings = findingsIn(repository);
  console.log(
    values.json ? reportAsJson(repository, findings) : reportAsText(repository, findings, process.stdout.columns || 80),
  );
  return findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
