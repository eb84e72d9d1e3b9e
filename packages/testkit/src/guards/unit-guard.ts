import { watchNativeModules } from './inputs/native-modules.ts';
import { refuseImports } from './inputs/watch-imports.ts';
import { atWorkerEnd, once, testFile } from './ledger.ts';
import { refuseMisplacedTest } from './misplaced-tests.ts';
import { refuseInputAndOutput } from './refuse-input-and-output.ts';
import { refuseTimeZone } from './refuse-time-zone.ts';
import { watchSharingFile } from './shared-worker.ts';
import { setTripwire } from './tripwire.ts';

// Vitest evaluates this file once per test file, before it imports the test file.
once('unit', () => {
  // First, so that `import { env } from 'node:process'` gets it too, when the next one synchronizes the exports.
  refuseTimeZone();
  refuseInputAndOutput();
  setTripwire();
  watchNativeModules();
  atWorkerEnd();
});

refuseMisplacedTest(testFile());
watchSharingFile({ suite: 'unit', loaded: (file) => refuseImports('unit', file) });
