import { refuseImports } from './inputs/watch-imports.ts';
import { atWorkerEnd, once, testFile } from './ledger.ts';
import { refuseMisplacedTest } from './misplaced-tests.ts';
import { refuseInputAndOutput } from './refuse-input-and-output.ts';
import { refuseTimeZone } from './refuse-time-zone.ts';
import { watchSharingFile } from './shared-worker.ts';
import { setTripwire } from './tripwire.ts';

// Vitest evaluates this file once per test file, before it imports the test file.
once('unit', () => {
  refuseInputAndOutput();
  refuseTimeZone();
  setTripwire();
  atWorkerEnd();
});

refuseMisplacedTest(testFile());
watchSharingFile({ suite: 'unit', loaded: (file) => refuseImports('unit', file) });
