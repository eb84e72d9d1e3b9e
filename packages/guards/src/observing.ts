import { watchFile } from './blame/hooks.ts';
import { atWorkerEnd, once } from './blame/refusal-log.ts';
import { observeOnly } from './observed/observation.ts';
import { refuseInputAndOutput } from './refusals/refuse-input-and-output.ts';

// A setup file for tests of which nobody knows yet what they are: it lets everything pass, and notes what the guards of
// the two suites would refuse.
once('observing', () => {
  observeOnly();
  refuseInputAndOutput();
  atWorkerEnd();
});

watchFile();
