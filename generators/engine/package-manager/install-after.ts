import { silent } from '../command/progress.ts';
import type { Left, Plan } from '../generator.ts';
import { noteLockfile } from '../last-run/note-lockfile.ts';
import type { RunContext } from '../run-context.ts';
import type { Written } from '../write/write-plan.ts';
import { install, installCommand, isInstalled } from './install.ts';

export interface Installation {
  /** Whether dependencies were installed. */
  readonly done: boolean;
  /** The failure, where the installation was tried and failed. */
  readonly left?: Left;
}

/** Installs the dependencies of what was written. A run that was killed before is completed by the same command. */
export async function installAfter(
  { invocation, workspace: { root }, conversation: { progress = silent } }: RunContext,
  { folder, installIn }: Plan,
  { result }: Written,
): Promise<Installation> {
  if (installIn === undefined || !invocation.install || invocation.dryRun) {
    return { done: false };
  }
  if (result === 'unchanged' && isInstalled(installIn, folder)) {
    return { done: false };
  }
  const enterLockfile = installIn === root ? noteLockfile(root) : () => undefined;
  const failure = await progress.during('Installing dependencies', () => install(installIn, invocation.json));
  enterLockfile();
  if (failure === undefined) {
    return { done: true };
  }
  const remedy = `Run ${installCommand(installIn)} by hand; the generator need not be run again.`;
  return { done: false, left: { problem: failure, remedy } };
}
