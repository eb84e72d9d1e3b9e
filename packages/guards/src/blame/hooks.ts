import { aroundAll, aroundEach } from 'vitest';
import { observe, type SignOfLife } from '../observed/observation.ts';
import { closeTest, openFile, openTest, runIn, unshown } from './refusal-log.ts';

export interface FileHooks {
  /** The suite whose guard is at work; undefined where one only watches. */
  readonly suite?: SignOfLife['alive'] | undefined;
  /** Called when the file is imported, before its first hook. */
  readonly imported?: () => void;
  /** Called with the file's path when it is imported, and again at its end; what it returns fails the file. */
  readonly loaded?: ((file: string) => Error[]) | undefined;
  /** Called with the file's path when all its hooks have run; what it returns fails the file. */
  readonly ended?: (file: string) => Promise<Error[]>;
}

/** Registers the hooks that blame refusals on the test that caused them, for the file that Vitest is about to import. */
export function watchFile({ suite, imported, loaded, ended }: FileHooks = {}): void {
  const file = openFile();
  if (suite) {
    observe({ alive: suite, file: file.file.filepath });
  }
  aroundAll(async (runSuite) => {
    imported?.();
    const found = (): Error[] => [...unshown(file), ...(loaded?.(file.file.filepath) ?? [])];
    // Modules are shared: what the module scope did would be blamed on whoever runs next.
    const errors = found();
    if (errors.length === 0) {
      await runIn(file, runSuite);
      errors.push(...found());
    }
    throwAll([...errors, ...((await ended?.(file.file.filepath)) ?? [])]);
  });
  aroundEach(async (runTest, { task }) => {
    const scope = openTest(task);
    await runIn(scope, runTest);
    throwAll(closeTest(scope));
  });
}

function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) {
    throw errors[0];
  }
  if (errors.length > 1) {
    throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  }
}
