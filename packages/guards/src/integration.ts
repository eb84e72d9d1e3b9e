import { syncBuiltinESMExports } from 'node:module';
import { atWorkerEnd, once, testFile } from './blame/refusal-log.ts';
import { watchNativeModules } from './inputs/native-modules.ts';
import { refuseReads } from './inputs/refuse-reads.ts';
import { refuseImports } from './inputs/watch-imports.ts';
import { watchServers } from './leftovers/servers-left.ts';
import { watchSharingFile } from './leftovers/shared-worker.ts';
import { refuseMisplacedTest } from './placement/misplaced-tests.ts';
import { refuseMocks } from './refusals/refuse-mocks.ts';
import { refuseNetworkDoubles } from './refusals/refuse-network-doubles.ts';

// Vitest evaluates this file once per test file, before it imports the test file.
once('integration', () => {
  refuseReads('integration');
  syncBuiltinESMExports();
  watchNativeModules();
  refuseMocks('integration');
  refuseNetworkDoubles();
  watchServers();
  atWorkerEnd();
});

refuseMisplacedTest(testFile(), 'integration');
watchSharingFile({
  suite: 'integration',
  loaded: (file) => refuseImports('integration', file),
});
