import { parseArgs } from 'node:util';
import {
  EXIT,
  exitOnSignals,
  Failure,
  inTermsOf,
  managerOf,
  messageOf,
  progressIn,
  readWorkspace,
} from '@splitlevel/generators/engine';
import { findLevels } from './find-levels.ts';
import { reportAsJson, reportAsText } from './report.ts';

const DEFAULT_MINUTES = 15;
const HELP = `Usage: npx splitlevel levels --package NAME [--minutes N] [--json]

Tells which level of tests catches which bug: makes small bugs in a copy of the package, one at a time, in its code,
its queries, its migrations, its configuration and the answers of its stubs, and runs the unit tests that reach them,
then the integration tests. Prints a table, the bugs that no test catches, the dearest first, and the tests that catch
nothing that others do not. Nothing in the repository is changed.

  --package NAME  The package, by its name in Nx or its folder
  --minutes N     After N minutes no more bugs are tried; what was tried is a fair sample. Default: ${DEFAULT_MINUTES}
  --json          Print one JSON object`;

/** `npx splitlevel levels`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      package: { type: 'string' },
      minutes: { type: 'string', default: String(DEFAULT_MINUTES) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const root = process.cwd();
  if (values.help) {
    console.log(inTermsOf(managerOf(root), HELP));
    return;
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0 && minutes <= 24 * 60)) {
    throw new Failure(EXIT.usage, `--minutes ${values.minutes}: is not a number of minutes from 1 to 1440`);
  }
  const workspace = readWorkspace(root);
  const wanted = values.package ?? workspace.here;
  if (wanted === undefined) {
    throw new Failure(EXIT.usage, '--package is missing', 'Name the package: npx splitlevel levels --package orders');
  }
  const findings = await findLevels(workspace, wanted, minutes, progressIn());
  console.log(values.json ? reportAsJson(findings) : reportAsText(findings));
}

// The copies are removed, and the processes end with this one: each listens to its exit.
process.setMaxListeners(0);
exitOnSignals();

try {
  await main();
} catch (error) {
  console.error(messageOf(error));
  if (error instanceof Failure && error.remedy !== undefined) {
    console.error(error.remedy);
  }
  process.exitCode = error instanceof Failure ? error.exitCode : isUsage(error) ? EXIT.usage : EXIT.failed;
}

function isUsage(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
}
