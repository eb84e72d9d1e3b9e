import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What Nx printed: the lines of each project; of none by the name ''. */
export type Output = ReadonlyMap<string, readonly string[]>;

/** Takes how many suites are done, and of how many as soon as that is known. */
export type Tell = (done: number, all: number | undefined) => void;

/** Runs the unit suites of all projects by Nx. A signal that ends this process ends Nx too. */
export async function runNx(root: string, tell: Tell): Promise<Output> {
  const nx = spawn(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', 'unit'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (signal: NodeJS.Signals) => {
    nx.kill(signal);
    process.exit(128 + constants.signals[signal]);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) {
    process.once(signal, end);
  }
  const output = new Map<string, string[]>([['', []]]);
  let project = '';
  let all: number | undefined;
  tell(0, all);
  for (const stream of [nx.stdout, nx.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      all ??= Number(/Running target unit for (\d+) projects?/.exec(line)?.[1]) || undefined;
      // Nx's own words follow the last project's.
      project = /^> nx run (\S+):unit\b/.exec(line)?.[1] ?? (/^ NX {3}/.test(line) ? '' : project);
      if (!output.has(project)) {
        output.set(project, []);
        tell(output.size - 1, all);
      }
      output.get(project)?.push(line);
    });
  }
  await once(nx, 'close');
  for (const signal of signals) {
    process.off(signal, end);
  }
  return output;
}
