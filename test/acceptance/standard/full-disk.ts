import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';

// Loaded by departures.test.ts into npm run standard: the disk of the temporary folder has a megabyte left.
const LEFT = 1_000_000;

const original = fs.writeFileSync;
fs.writeFileSync = (file, data, options) => {
  if (String(file).startsWith(tmpdir()) && Buffer.byteLength(data as Buffer) > LEFT) {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  }
  original(file, data, options);
};
syncBuiltinESMExports();
