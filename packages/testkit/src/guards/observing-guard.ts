import { watchFile } from './hooks.ts';
import { atWorkerEnd, once } from './ledger.ts';
import { observeOnly } from './observation.ts';
import { refuseInputAndOutput } from './refuse-input-and-output.ts';

// A setup file for tests of which nobody knows yet what they are: it lets everything pass, and notes what the guards of
// the two suites would refuse.
once('observing', () => {
  observeOnly();
  refuseInputAndOutput();
  atWorkerEnd();
});

watchFile();
