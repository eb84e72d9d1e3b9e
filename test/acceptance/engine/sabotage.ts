import fs, { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

// Started by write.test.ts: writes a plan, and at the n-th change of the disk is killed, or finds
// the disk full; then it may be killed some changes later.
const [root = '', plan = '', how = '', step = '0', later = '0'] = process.argv.slice(2);

let left = Number(step);
for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'copyFileSync', 'rmSync'] as const) {
  const original = fs[name] as (...args: unknown[]) => unknown;
  const sabotaged = (...args: unknown[]): unknown => {
    left -= 1;
    if (how === 'kill' ? left === 0 : left === -Number(later) && left < 0) {
      process.kill(process.pid, 'SIGKILL');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    }
    if (left === 0 && how === 'full' && name !== 'rmSync') {
      throw Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), { code: 'ENOSPC' });
    }
    return original(...args);
  };
  Object.assign(fs, { [name]: sabotaged });
}
syncBuiltinESMExports();

const { writeFiles } = await import('../../../generators/engine/write/write.ts');
const create = (path: string) => ({ path, fate: 'create' as const, before: undefined, after: Buffer.from('a\n') });
const edit = (path: string) => {
  const before = readFileSync(join(root, path));
  return { path, fate: 'edit' as const, before, after: Buffer.concat([before, Buffer.from('orders\n')]) };
};
const folder = [create('packages/orders/a.txt'), create('packages/orders/src/b.txt')];
const joined = [edit('lists/first.txt'), ...folder, create('packages/c.txt'), edit('lists/second.txt')];
try {
  writeFiles(root, plan === 'folder' ? folder : joined);
} catch (error) {
  console.log((error as Error).message);
  process.exitCode = 1;
}
