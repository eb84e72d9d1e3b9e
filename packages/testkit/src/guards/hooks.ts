import { aroundAll, aroundEach } from 'vitest';
import { closeTest, openFile, openTest, runIn, unshown } from './ledger.ts';

interface FileHooks {
  /** Called when the file is imported, before its first hook. */
  readonly imported?: () => void;
  /** Called with the file's path when all its hooks have run; what it returns fails the file. */
  readonly ended?: (file: string) => Error[];
}

/** Registers the hooks that blame refusals on the test that caused them, for the file that Vitest is about to import. */
export function watchFile({ imported, ended }: FileHooks = {}): void {
  const file = openFile();
  aroundAll(async (runSuite) => {
    imported?.();
    // Modules are shared: what the module scope did would be blamed on whoever runs next.
    throwAll(unshown(file));
    await runIn(file, runSuite);
    throwAll([...unshown(file), ...(ended?.(file.file.filepath) ?? [])]);
  });
  aroundEach(async (runTest, { task }) => {
    const scope = openTest(task);
    await runIn(scope, runTest);
    throwAll(closeTest(scope));
  });
}

function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
}
