import { atWorkerEnd, once } from './ledger.ts';
import { refuseMocks } from './refuse-mocks.ts';
import { refuseDoublesInPlace, refuseNetworkDoubles } from './refuse-network-doubles.ts';
import { watchServers } from './servers-left.ts';
import { watchSharingFile } from './shared-worker.ts';

// Vitest evaluates this file once per test file, before it imports the test file.
once('integration', () => {
  refuseMocks('integration');
  refuseNetworkDoubles();
  watchServers();
  atWorkerEnd();
});

watchSharingFile({ testEnded: refuseDoublesInPlace });
