import { execFile } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { machineEnvironment } from '../scratch-workspace.ts';

const TIMEOUT_MS = 10 * 60_000;

/**
 * Runs a command in a folder, without what npm, Nx and Vitest set for the run that started it.
 * @returns what it printed to standard output.
 * @throws {Error} with all that it printed when it ends with another exit code than 0.
 */
export async function runCommand(
  folder: string,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const env = { ...machineEnvironment(), NO_COLOR: '1', NX_DAEMON: 'false', ...environment };
  const options = { cwd: folder, env, timeout: TIMEOUT_MS, maxBuffer: 2 ** 26, killSignal: 'SIGKILL' } as const;
  return await new Promise((resolve, reject) => {
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      const text = stripVTControlCharacters(stdout);
      if (error === null) {
        return resolve(text);
      }
      reject(new Error(`${command} ${args.join(' ')} in ${folder} failed:\n${text}\n${stderr}`, { cause: error }));
    });
    child.stdin?.end();
  });
}
