import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Server } from '../../src/servers/acquire.ts';

/** How long a client may take for one answer. */
const PATIENCE_MS = 90_000;

/** What `acquire-and-print.ts` prints. */
export interface Line {
  readonly server?: Server;
  readonly failure?: string;
  readonly diagnosis?: string | null;
}

/** A process that uses the testkit as a test worker does. */
export interface Client {
  readonly child: ChildProcess;
  /** Resolves with the next line that it prints. */
  next(): Promise<Line>;
  /** Asks it for a diagnosis. */
  diagnose(kind: string): Promise<string | null>;
  /** Resolves with its exit status and all that it wrote to standard error. */
  end(): Promise<{ status: number | null; stderr: string }>;
}

/**
 * Starts a client in a process group of its own.
 *
 * @param parameters Kinds, and `--hold`.
 */
export function startClient(parameters: readonly string[], environment: NodeJS.ProcessEnv): Client {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'acquire-and-print.ts'), ...parameters], {
    env: environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Line> => {
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    const line = await lines.next();
    clearTimeout(timer);
    if (line.done) {
      throw new Error(`The client ended without an answer:\n${stderr}`);
    }
    return JSON.parse(line.value) as Line;
  };
  return {
    child,
    next,
    diagnose: async (kind) => {
      child.stdin.write(`${kind}\n`);
      return (await next()).diagnosis ?? null;
    },
    end: async () => {
      child.stdin.end();
      const [status] = (await exit) as [number | null];
      return { status, stderr };
    },
  };
}

/** Runs a client to its end and resolves with its failure, its exit status, and how long it took in milliseconds. */
export async function failureOf(
  kind: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ failure: string | undefined; status: number | null; stderr: string; took: number }> {
  const began = performance.now();
  const client = startClient([kind], environment);
  const { failure } = await client.next();
  return { failure, ...(await client.end()), took: performance.now() - began };
}
