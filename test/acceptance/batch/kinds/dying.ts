import { atImport, type Kind, oneTest } from './kind.ts';

const GROW = 'const kept: unknown[] = []; for (;;) { kept.push(new Array(10_000).fill({})); }';

/** What hangs, ends or would end the process. */
export const dying: readonly Kind[] = [
  {
    name: 'an endless loop',
    files: oneTest('for (;;) {}'),
    says: /p5\/src\/index\.test\.ts blocked its thread for \d+ s/,
  },
  {
    name: 'an endless loop at import',
    files: atImport('for (;;) {}'),
    says: /p5\/src\/index\.test\.ts blocked its thread for \d+ s/,
  },
  { name: 'process.exit in a test', files: oneTest('process.exit(0);'), says: /process\.exit unexpectedly called/ },
  { name: 'process.exit at import', files: atImport('process.exit(0);'), says: /process\.exit unexpectedly called/ },
  {
    name: 'process.exit in a timer after the test',
    files: atImport('afterAll(() => { setTimeout(() => process.exit(0), 0); });'),
    says: /process\.exit unexpectedly called|a timer/,
  },
  { name: 'process.reallyExit', files: oneTest('(process as any).reallyExit(0);'), says: /exit/i },
  { name: 'process.abort', files: oneTest('process.abort();'), says: /process\.abort\(\) is not supported in workers/ },
  {
    name: 'a signal to its own process',
    files: oneTest("process.kill(process.pid, 'SIGKILL');"),
    says: /tried to send SIGKILL to the process/,
  },
  {
    name: "a signal to the process' parent",
    files: oneTest("process.kill(process.ppid, 'SIGTERM');"),
    says: /tried to send SIGTERM to the process/,
  },
  {
    name: 'a heap that grows',
    files: oneTest(GROW),
    environment: { NODE_OPTIONS: '--max-old-space-size=256' },
    says: /out of memory|Worker exited unexpectedly.*p5/s,
  },
  {
    name: 'a heap that grows at import',
    files: atImport(GROW),
    environment: { NODE_OPTIONS: '--max-old-space-size=256' },
    says: /out of memory|Worker exited unexpectedly.*p5/s,
  },
  {
    name: 'an output that no process can hold',
    files: oneTest("console.log('x'.repeat(2 ** 28));"),
    environment: { NODE_OPTIONS: '--max-old-space-size=256' },
    says: /heap out of memory/,
  },
];
