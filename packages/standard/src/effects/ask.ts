import { execFile } from 'node:child_process';
import { extname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { machineEnvironment } from '@splitlevel/generators/engine';

/** The answer of a tool, or why there is none. */
export type Answer<T> =
  | { readonly value: T; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

const TIMEOUT_MS = 120_000;

/** The environment of the machine, in which tools run as in CI and without a daemon. */
function toolEnvironment(): Record<string, string | undefined> {
  return {
    ...machineEnvironment(),
    CI: '1',
    NO_COLOR: '1',
    NX_DAEMON: 'false',
    NX_ISOLATE_PLUGINS: 'false',
    NX_NO_CLOUD: 'true',
    TESTKIT_MISPLACED_TESTS: 'ignore',
  };
}

/** The exit code and the output of a command that ended. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, in a folder; killed after two minutes. */
export function run(program: string, args: readonly string[], cwd: string, more: Record<string, string> = {}) {
  return new Promise<Finished>((resolve) => {
    const options = { cwd, env: { ...toolEnvironment(), ...more }, maxBuffer: 2 ** 28, timeout: TIMEOUT_MS };
    const child = execFile(program, [...args], { ...options, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ code, stdout: stripVTControlCharacters(stdout), stderr: stripVTControlCharacters(stderr) });
    });
    child.stdin?.end();
  });
}

/** The mark before the answer: configurations print what they like. */
export const ANSWER = '\u001e';

/**
 * Asks a script of this folder, in a process of its own that has the workspace as its working directory.
 * @param name of the script, without the ending: what is published is JavaScript.
 */
export async function ask<T>(name: string, root: string): Promise<Answer<T>> {
  const script = join(import.meta.dirname, `${name}${extname(import.meta.filename)}`);
  const { code, stdout, stderr } = await run(process.execPath, [script], root);
  const at = stdout.lastIndexOf(ANSWER);
  if (code === 0 && at !== -1) {
    return { value: JSON.parse(stdout.slice(at + 1)) as T };
  }
  return { problem: problemIn(stderr) || problemIn(stdout) || `it ended with ${code ?? 'a signal'}` };
}

/** The line that names the error. */
function problemIn(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return (lines.find((line) => /^\w*Error\b.*:/.test(line)) ?? lines.find((line) => line !== '') ?? '').slice(0, 300);
}
