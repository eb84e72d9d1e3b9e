// Run by npm after an installation: npx plop starts plop.js of this folder, which starts Plop.
// JavaScript that any Node runs. It never fails an installation, also where only the manifests are: without it npx plop is
// Plop's own command.
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

try {
  // npm's commands on Windows are not links.
  if (process.platform !== 'win32') {
    const bin = fileURLToPath(new URL('../../node_modules/.bin/plop', import.meta.url));
    chmodSync(fileURLToPath(new URL('plop.js', import.meta.url)), 0o755);
    rmSync(bin, { force: true });
    symlinkSync('../../generators/engine/plop.js', bin);
  }
} catch (error) {
  console.error(`npx plop stays Plop's own command: ${error.message}`);
}
