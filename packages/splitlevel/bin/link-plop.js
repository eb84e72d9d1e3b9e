// Run by npm after an installation in the root of a repository: npx plop then starts splitlevel.js, which starts Plop.
// JavaScript that any Node runs. It never fails an installation, also where only the manifests are: without it npx plop is
// Plop's own command.
import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

try {
  const folder = join(process.cwd(), 'node_modules/.bin');
  // npm's commands on Windows are not links.
  if (process.platform !== 'win32' && existsSync(folder)) {
    const own = fileURLToPath(new URL('splitlevel.js', import.meta.url));
    const bin = join(folder, 'plop');
    // With a CR at its end the first line names a program that is not there.
    const starts = !/^.*\r\n/.test(readFileSync(own, 'utf8'));
    chmodSync(own, 0o755);
    rmSync(bin, { force: true });
    symlinkSync(starts ? relative(folder, own) : '../plop/bin/plop.js', bin);
    if (!starts) {
      const path = relative(process.cwd(), own);
      throw new Error(
        `${path} has CRLF line ends, and cannot be started. Remove it, check it out with ` +
          `git -c core.autocrlf=false checkout ${path}, then install again.`,
      );
    }
  }
} catch (error) {
  console.error(`plop stays Plop's own command: ${error.message}`);
}
