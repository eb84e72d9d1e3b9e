import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { handlingSignals } from '../command/signals.ts';

const TIMEOUT_MS = 5 * 60_000;
const OF_THIS_RUN = /^(NX_|VITEST|FORCE_COLOR$|NODE_OPTIONS$)/;

/**
 * Runs a tool of the workspace in a copy of it.
 * @param tool as it is called in `node_modules/.bin`.
 * @returns what it says; undefined when it is content.
 */
export async function runTool(
  copy: string,
  tool: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const ended = AbortSignal.timeout(TIMEOUT_MS);
  const given = new AbortController();
  const machine = Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name));
  const child = spawn(join(copy, 'node_modules/.bin', tool), [...args], {
    cwd: copy,
    env: { ...Object.fromEntries(machine), ...environment, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any([ended, given.signal]),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await handlingSignals(() => given.abort(), once(child, 'close'))) as [number | null];
  return code === 0 ? undefined : output.replaceAll(`${copy}/`, '').trim();
}
