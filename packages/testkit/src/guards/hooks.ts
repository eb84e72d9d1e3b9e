import { aroundAll, aroundEach } from 'vitest';
import { closeTest, openFile, openTest, runIn, unshown } from './ledger.ts';

/**
 * Registers the hooks that blame refusals on the test that caused them, for the file that Vitest is about to import.
 * @param afterFile called once the file's own hooks have run; what it returns fails the file
 */
export function watchFile(afterFile: () => Error[] = () => []): void {
  const file = openFile();
  aroundAll(async (runSuite) => {
    throwAll(unshown(file));
    await runIn(file, runSuite);
    throwAll([...unshown(file), ...afterFile()]);
  });
  aroundEach(async (runTest, { task }) => {
    const scope = openTest(task);
    await runIn(scope, runTest);
    throwAll(closeTest(scope));
  });
}

function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, errors.map((error) => error.message).join('\n'));
}
