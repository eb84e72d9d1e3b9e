import { syncBuiltinESMExports } from 'node:module';
import { watchNativeModules } from './inputs/native-modules.ts';
import { refuseReads } from './inputs/refuse-reads.ts';
import { refuseImports } from './inputs/watch-imports.ts';
import { atWorkerEnd, once, testFile } from './ledger.ts';
import { refuseMisplacedTest } from './misplaced-tests.ts';
import { refuseMocks } from './refuse-mocks.ts';
import { refuseNetworkDoubles } from './refuse-network-doubles.ts';
import { watchServers } from './servers-left.ts';
import { watchSharingFile } from './shared-worker.ts';

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

refuseMisplacedTest(testFile());
watchSharingFile({
  suite: 'integration',
  loaded: (file) => refuseImports('integration', file),
});
