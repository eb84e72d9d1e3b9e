import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { handlingSignals } from '../command/signals.ts';
import { EXIT, Failure } from '../failure.ts';
import { managerOf } from './managers.ts';
import type { PackageManager } from './package-manager.ts';

const TIMEOUT_MS = 15 * 60_000;

/** The command to run by hand where the installation was left out or failed: `npm install`. */
export function installCommand(root: string): string {
  const { name, commands } = managerOf(root);
  return `${name} ${commands.install}`;
}

/**
 * Whether the installation knows the package in this folder. npm, Yarn and bun link workspace packages into the root's
 * node_modules; pnpm gives each a node_modules of its own.
 */
export function isInstalled(root: string, folder: string): boolean {
  try {
    const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { name: string };
    if (existsSync(join(root, folder, 'node_modules'))) {
      return true;
    }
    return realpathSync(join(root, 'node_modules', name)) === realpathSync(join(root, folder));
  } catch {
    // Without a package.json, or without a link, the package manager has the last word.
    return false;
  }
}

/**
 * Makes the lockfile of a repository that has none. Installs nothing.
 * @throws {Failure} with what the package manager said.
 */
export async function makeLockfile(root: string): Promise<void> {
  const manager = managerOf(root);
  const { name, commands } = manager;
  const problem = await runManager(manager, root, commands.lock, true);
  if (problem === undefined) {
    return;
  }
  throw new Failure(
    EXIT.failed,
    `The lockfile could not be made: ${problem}`,
    `Nothing was written. Mend what ${name} says and run the command again, or leave the lockfile to a later ${name} ${commands.install} by --no-install.`,
  );
}

/**
 * Installs in the workspace. With everything already in the lockfile and in the cache it needs no network.
 * @param quiet keeps the output back, and gives it in the result instead.
 * @returns what went wrong, as a sentence, or undefined.
 */
export function install(root: string, quiet: boolean): Promise<string | undefined> {
  const manager = managerOf(root);
  return runManager(manager, root, manager.commands.installQuietly, quiet);
}

function runManager(
  { name, commands }: PackageManager,
  root: string,
  args: readonly string[],
  quiet: boolean,
): Promise<string | undefined> {
  const child = spawn(name, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    timeout: TIMEOUT_MS,
  });
  const ended = new Promise<string | undefined>((resolve) => {
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
        printed[stream] = (printed[stream] + chunk).slice(-4000);
      });
    }
    child.on('error', (error) => resolve(`${name} could not be run: ${error.message}`));
    child.on('close', (code, signal) => {
      const ending = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      // Yarn reports failures on standard output.
      const output = (printed.stderr || printed.stdout).trimEnd();
      const said = output === '' ? '' : `:\n${output}`;
      resolve(code === 0 ? undefined : `${name} ${commands.install} ${ending}${said}`);
    });
  });
  return handlingSignals(() => child.kill(), ended);
}
