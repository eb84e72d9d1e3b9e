import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Started by kill.test.ts: writes a run, or undoes the last one, and is killed at the n-th change of the disk.
const [root = '', name = '', step = '0'] = process.argv.slice(2);

let left = Number(step);
for (const call of ['mkdirSync', 'writeFileSync', 'renameSync', 'copyFileSync', 'chmodSync', 'rmSync'] as const) {
  const original = fs[call] as (...args: unknown[]) => unknown;
  const sabotaged = (...args: unknown[]): unknown => {
    left -= 1;
    if (left === 0) {
      process.kill(process.pid, 'SIGKILL');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    }
    return original(...args);
  };
  Object.assign(fs, { [call]: sabotaged });
}
syncBuiltinESMExports();

const { act } = await import('../../integration/undo/act.ts');
await act(root, name);
