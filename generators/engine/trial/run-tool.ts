import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { handlingSignals } from '../command/signals.ts';

const TIMEOUT_MS = 5 * 60_000;
const OF_THIS_RUN = /^(NX_|VITEST|FORCE_COLOR$|NODE_OPTIONS$)/;

/**
 * Runs a tool of the workspace in a copy of it.
 * @param tool as it is called in `node_modules/.bin`.
 * @returns what it says; undefined when it is content. A signal ends the tool, and the process as usual.
 */
export async function runTool(
  copy: string,
  tool: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const machine = Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name));
  const child = spawn(join(copy, 'node_modules/.bin', tool), [...args], {
    cwd: copy,
    env: { ...Object.fromEntries(machine), ...environment, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill();
  }, TIMEOUT_MS);
  const end = (code: number) => {
    child.kill();
    process.exit(code);
  };
  const ended = handlingSignals(end, once(child, 'close')).finally(() => clearTimeout(timer));
  const [code] = (await ended) as [number | null];
  if (isLate) {
    return `${tool} had not ended after ${TIMEOUT_MS / 60_000} minutes.`;
  }
  return code === 0 ? undefined : output.replaceAll(`${copy}/`, '').trim();
}
