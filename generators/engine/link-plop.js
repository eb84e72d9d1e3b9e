// Run by npm after an installation: npx plop starts plop.js of this folder, which starts Plop.
// JavaScript that any Node runs. It never fails an installation, also where only the manifests are: without it npx plop is
// Plop's own command.
import { chmodSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

try {
  // npm's commands on Windows are not links.
  if (process.platform !== 'win32') {
    const bin = fileURLToPath(new URL('../../node_modules/.bin/plop', import.meta.url));
    const own = fileURLToPath(new URL('plop.js', import.meta.url));
    // With a CR at its end the first line names a program that is not there.
    const starts = !/^.*\r\n/.test(readFileSync(own, 'utf8'));
    chmodSync(own, 0o755);
    rmSync(bin, { force: true });
    symlinkSync(starts ? '../../generators/engine/plop.js' : '../plop/bin/plop.js', bin);
    if (!starts) {
      throw new Error(
        'generators/engine/plop.js has CRLF line ends, and cannot be started. Remove it, check it out with ' +
          'git -c core.autocrlf=false checkout generators/engine/plop.js, then run npm install.',
      );
    }
  }
} catch (error) {
  console.error(`npx plop stays Plop's own command: ${error.message}`);
}
