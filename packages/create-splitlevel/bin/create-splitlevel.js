#!/usr/bin/env node
// Plain JavaScript, so that any version of Node can run it. The generator needs a newer Node than many machines have, so this
// package depends on one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  await import('create-splitlevel/command');
} else {
  const node = ownNode();
  if (node === undefined) {
    console.error(
      `Splitlevel needs Node 22.18 or later to make a repository, and this is Node ${process.versions.node}. ` +
        'Install a newer one, or run the command by npm, which installs Node 24 along with it.',
    );
    process.exitCode = 1;
  } else {
    const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    const { status, signal } = spawnSync(node, args, { stdio: 'inherit' });
    if (signal !== null) {
      process.kill(process.pid, signal);
    }
    process.exitCode = status ?? 1;
  }
}

/** The Node that was installed with this package; undefined where install scripts did not run. */
function ownNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const program = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}
