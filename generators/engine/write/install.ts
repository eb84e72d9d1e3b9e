import { spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { handlingSignals } from '../command/signals.ts';
import { EXIT, Failure } from '../failure.ts';

const TIMEOUT_MILLISECONDS = 15 * 60_000;

const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline'];

/** What to run by hand when the installation failed. */
export const INSTALL_COMMAND = 'npm install';

/** Whether the installation knows the package in this folder: npm links workspaces into node_modules. */
export function isInstalled(root: string, folder: string): boolean {
  try {
    const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { name: string };
    return realpathSync(join(root, 'node_modules', name)) === realpathSync(join(root, folder));
  } catch {
    // Without a package.json, or without a link, npm has the last word.
    return false;
  }
}

/**
 * Makes the lockfile of a repository that has none. Installs nothing.
 * @throws Failure with what npm said.
 */
export async function makeLockfile(root: string): Promise<void> {
  const problem = await runNpm(root, ['install', '--package-lock-only', '--ignore-scripts', ...QUIETLY], true);
  if (problem === undefined) return;
  throw new Failure(
    EXIT.failed,
    `The lockfile could not be made: ${problem}`,
    'Nothing was written. Mend what npm says and run the command again, or leave the lockfile to a later npm install by --no-install.',
  );
}

/**
 * Runs `npm install` in the workspace. With everything already in the lockfile and in npm's cache it needs no network.
 * @param quiet keeps npm's output back, and gives it in the result instead.
 * @returns what went wrong, as a sentence, or undefined.
 */
export function install(root: string, quiet: boolean): Promise<string | undefined> {
  return runNpm(root, ['install', ...QUIETLY], quiet);
}

function runNpm(root: string, args: readonly string[], quiet: boolean): Promise<string | undefined> {
  const npm = spawn('npm', args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'ignore', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    timeout: TIMEOUT_MILLISECONDS,
  });
  const ended = new Promise<string | undefined>((resolve) => {
    let output = '';
    npm.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-4000);
    });
    npm.on('error', (error) => resolve(`npm could not be run: ${error.message}`));
    npm.on('close', (code, signal) => {
      const ending = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      resolve(code === 0 ? undefined : `npm install ${ending}${output === '' ? '' : `:\n${output.trimEnd()}`}`);
    });
  });
  return handlingSignals(() => npm.kill(), ended);
}
