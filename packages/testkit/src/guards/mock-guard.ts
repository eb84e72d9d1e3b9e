import { watchFile } from './hooks.ts';
import { atWorkerEnd, once } from './ledger.ts';
import { refuseMocks } from './refuse-mocks.ts';

// Vitest evaluates this file once per test file, before it imports the test file.
once('integration', () => {
  refuseMocks('integration');
  atWorkerEnd();
});

watchFile();
