import { syncBuiltinESMExports } from 'node:module';
import { watchFile } from './hooks.ts';
import { atWorkerEnd, once } from './ledger.ts';
import { observeOnly } from './observation.ts';
import { refuseDatabaseFiles } from './refuse-databases.ts';
import { refuseMocks } from './refuse-mocks.ts';
import { refuseNetwork } from './refuse-network.ts';
import { refuseProcesses } from './refuse-processes.ts';
import { refuseWrites } from './refuse-writes.ts';

// A setup file for tests of which nobody knows yet what they are: it lets everything pass, and notes what the guards of
// the two suites would refuse.
once('observing', () => {
  observeOnly();
  refuseNetwork();
  refuseProcesses();
  refuseWrites();
  refuseDatabaseFiles();
  syncBuiltinESMExports();
  refuseMocks('unit');
  atWorkerEnd();
});

watchFile();
