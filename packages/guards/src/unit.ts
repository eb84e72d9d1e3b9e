import { setTripwire } from './blame/async-tripwire.ts';
import { atWorkerEnd, once, testFile } from './blame/refusal-log.ts';
import { watchNativeModules } from './inputs/native-modules.ts';
import { refuseImports } from './inputs/watch-imports.ts';
import { watchSharingFile } from './leftovers/shared-worker.ts';
import { refuseMisplacedTest } from './placement/misplaced-tests.ts';
import { refuseInputAndOutput } from './refusals/refuse-input-and-output.ts';
import { refuseTimeZone } from './refusals/refuse-time-zone.ts';

// Vitest evaluates this file once per test file, before it imports the test file.
once('unit', () => {
  // First, so that `import { env } from 'node:process'` gets it too, when the next one synchronizes the exports.
  refuseTimeZone();
  refuseInputAndOutput();
  setTripwire();
  watchNativeModules();
  atWorkerEnd();
});

refuseMisplacedTest(testFile(), 'unit');
watchSharingFile({ suite: 'unit', loaded: (file) => refuseImports('unit', file) });
