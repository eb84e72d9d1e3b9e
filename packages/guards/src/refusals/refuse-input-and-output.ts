import { syncBuiltinESMExports } from 'node:module';
import { refuseReads } from '../inputs/refuse-reads.ts';
import { refuseDatabaseFiles } from './refuse-databases.ts';
import { refuseMocks } from './refuse-mocks.ts';
import { refuseNativeCode } from './refuse-native-code.ts';
import { refuseNetwork } from './refuse-network.ts';
import { refuseProcesses } from './refuse-processes.ts';
import { refuseWrites } from './refuse-writes.ts';

/** All that a unit test may not do, whether it is refused or only noted. */
export function refuseInputAndOutput(): void {
  refuseNetwork();
  refuseProcesses();
  refuseWrites();
  refuseReads('unit');
  refuseDatabaseFiles();
  refuseNativeCode();
  syncBuiltinESMExports();
  refuseMocks('unit');
}
