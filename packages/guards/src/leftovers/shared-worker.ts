import { undoOverrides, watchFixtures } from '../blame/fixture-scopes.ts';
import { type FileHooks, watchFile } from '../blame/hooks.ts';
import { once, sharesWorker } from '../blame/refusal-log.ts';
import { watchLoading } from '../blame/watch-loading.ts';
import { acceptModule, rememberState, settleState } from './leftovers.ts';
import { watchProcessListeners } from './process-listeners.ts';
import { watchTimers } from './timers-left.ts';

/**
 * Watches the file that Vitest is about to import: blames its refusals, and sets back what it leaves behind where other
 * files run in the same worker.
 * @param hooks.suite the suite whose guard is at work.
 * @param hooks.loaded called when the file has been imported, and again at its end; what it returns fails the file.
 */
export function watchSharingFile({ suite, loaded }: Pick<FileHooks, 'suite' | 'loaded'> = {}): void {
  if (!sharesWorker()) {
    watchFile({ suite, loaded });
    return;
  }
  once('shared worker', () => {
    watchProcessListeners();
    watchTimers();
    watchFixtures();
    watchLoading((file) => acceptModule(file));
  });
  undoOverrides();
  const state = rememberState();
  watchFile({
    suite,
    loaded,
    imported: () => state.acceptModules(),
    ended: (file) => settleState(state, file),
  });
}
