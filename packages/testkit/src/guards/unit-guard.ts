import { watchFile } from './hooks.ts';
import { atWorkerEnd, once } from './ledger.ts';
import { rememberState, settleState } from './leftovers.ts';
import { watchProcessListeners } from './process-listeners.ts';
import { refuseInputAndOutput } from './refuse-input-and-output.ts';
import { setTripwire } from './tripwire.ts';

// Vitest evaluates this file once per test file, before it imports the test file.
once('unit', () => {
  refuseInputAndOutput();
  setTripwire();
  watchProcessListeners();
  atWorkerEnd();
});

const state = rememberState();
watchFile({
  imported: () => state.acceptAdditions(),
  ended: (file) => settleState(state, file),
});
