import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command that runs until it is told to end. */
export interface RunningCommand {
  /** The process group of it and all that it starts. */
  readonly group: number | undefined;
  /** All that it wrote so far, standard output and error as they came. */
  output(): string;
  /** Resolves when what it wrote since `from` (a length of `output()`) matches; fails after `timeout` milliseconds or when it ends. */
  waitFor(pattern: RegExp, timeout?: number, from?: number): Promise<RegExpExecArray>;
  /** Writes to its standard input, which it has where it was started with `input`. */
  type(text: string): void;
  /** Resolves with its exit code when it ends by itself; after `timeout` milliseconds it is killed, and this throws. */
  finish(timeout: number): Promise<number>;
  /** Sends the signal to it and all that it started, and resolves when it has ended; after 20 s it is killed, and this throws. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a command in a process group of its own. */
export function startCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv; readonly input?: boolean },
): RunningCommand {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.environment,
    detached: true,
    stdio: [options.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (written += text));
  }
  const ended = once(child, 'exit');
  const name = [command, ...args].join(' ');

  return {
    group: child.pid,
    output: () => written,
    async waitFor(pattern, timeout = 60_000, from = 0) {
      const deadline = performance.now() + timeout;
      while (performance.now() < deadline) {
        const match = pattern.exec(written.slice(from));
        if (match) {
          return match;
        }
        if (child.exitCode !== null) {
          throw new Error(`${name} ended with ${child.exitCode}:\n${written}`);
        }
        await sleep(20);
      }
      throw new Error(`${name} did not write ${pattern} within ${timeout} ms, but:\n${written}`);
    },
    type(text) {
      child.stdin?.write(text);
    },
    async finish(timeout) {
      const late = Symbol('late');
      const [code] = (await Promise.race([ended, sleep(timeout, [late], { ref: false })])) as [number | null | symbol];
      if (typeof code === 'number') {
        return code;
      }
      if (code === late && child.pid !== undefined) {
        process.kill(-child.pid, 'SIGKILL');
      }
      throw new Error(`${name} did not end by itself within ${timeout} ms:\n${written}`);
    },
    async end(signal = 'SIGINT') {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
        return;
      }
      process.kill(-child.pid, signal);
      const late = Symbol('late');
      if ((await Promise.race([ended, sleep(20_000, late, { ref: false })])) !== late) {
        return;
      }
      process.kill(-child.pid, 'SIGKILL');
      throw new Error(`${name} was still there 20 s after ${signal}:\n${written}`);
    },
  };
}
