import { parseArgs } from 'node:util';
import { inTermsOf, managerOf, messageOf } from '@splitlevel/generators/engine';
import { runChanged } from './run-changed.ts';
import { watchTests } from './watch-tests.ts';

const HELP = `Usage: npm run watch

Runs the unit tests of what changed since it was green, then waits, and runs those that a save affects.
To watch some of them: npx vitest watch --project unit packages/orders/`;

/** `npm run watch`. Resolves when it waits for saves. */
async function main(root: string): Promise<void> {
  const since = Date.now();
  const red = await runChanged(root);
  await watchTests(red, since);
}

const root = process.cwd();
try {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(inTermsOf(managerOf(root), HELP));
  } else {
    await main(root);
  }
} catch (error) {
  const misused = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  console.error(messageOf(error));
  if (misused) {
    console.error(inTermsOf(managerOf(root), `\n${HELP}`));
  }
  process.exitCode = misused ? 2 : 1;
}
