import { parseArgs } from 'node:util';
import { Failure, inTermsOf, managerOf, messageOf, progressIn, silent } from '@splitlevel/generators/engine';
import { readRepository } from './read-repository.ts';
import { reportAsJson, reportAsText } from './report.ts';
import { findingsIn } from './rules/rules.ts';
import { refuseFullDisk, refuseWithoutTemporaryFolder } from './temporary-folder.ts';

const HELP = `Usage: npm run standard -- [--json]

Tells how far this repository is from the standard. Exit code 0 only where all holds, 1 where something does not,
2 where it cannot be told.

  --json  Print one JSON object`;

/** `npm run standard`. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(inTermsOf(managerOf(process.cwd()), HELP));
    return 0;
  }
  const root = process.cwd();
  refuseWithoutTemporaryFolder();
  const repository = await readRepository(root, values.json ? silent : progressIn());
  refuseFullDisk(repository);
  const findings = findingsIn(repository);
  const report = values.json
    ? reportAsJson(repository, findings)
    : reportAsText(repository, findings, process.stdout.columns || 80);
  console.log(inTermsOf(managerOf(root), report));
  return findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof Failure && error.remedy !== undefined) {
    console.error(error.remedy);
  }
  process.exitCode = 2;
}
