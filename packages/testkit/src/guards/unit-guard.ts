import { syncBuiltinESMExports } from 'node:module';
import { watchFile } from './hooks.ts';
import { atWorkerEnd, once } from './ledger.ts';
import { rememberState, settleState } from './leftovers.ts';
import { watchProcessListeners } from './process-listeners.ts';
import { refuseDatabaseFiles } from './refuse-databases.ts';
import { refuseMocks } from './refuse-mocks.ts';
import { refuseNetwork } from './refuse-network.ts';
import { refuseProcesses } from './refuse-processes.ts';
import { refuseWrites } from './refuse-writes.ts';
import { setTripwire } from './tripwire.ts';

// Vitest evaluates this file once per test file, before it imports the test file.
once('unit', () => {
  refuseNetwork();
  refuseProcesses();
  refuseWrites();
  refuseDatabaseFiles();
  syncBuiltinESMExports();
  refuseMocks('unit');
  setTripwire();
  watchProcessListeners();
  atWorkerEnd();
});

const state = rememberState();
watchFile({
  imported: () => state.acceptAdditions(),
  ended: (file) => settleState(state, file),
});
