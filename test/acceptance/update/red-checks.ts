import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ScratchWorkspace } from '../../scratch-workspace.ts';
import type { Texts } from './earlier-workspace.ts';

export type Check = 'lint' | 'typecheck' | 'unit';

/**
 * Which checks are red of which packages, in one run of each tool over all of them.
 * @param packages files by names of folders, which are made for it and removed again.
 * @returns by the name of the folder; `said` is what the tool says of it.
 */
export async function redChecks(
  workspace: Pick<ScratchWorkspace, 'root' | 'run' | 'write'>,
  packages: ReadonlyMap<string, Texts>,
): Promise<ReadonlyMap<string, ReadonlyMap<Check, string>>> {
  const red = new Map<string, Map<Check, string>>();
  if (packages.size === 0) {
    return red;
  }
  const blame = (check: Check, output: string) => {
    for (const line of output.split('\n')) {
      const folder = /\bpackages\/([\w-]+)\//.exec(line)?.[1];
      if (folder !== undefined && packages.has(folder)) {
        const checks = red.get(folder) ?? new Map<Check, string>();
        red.set(folder, checks.set(check, `${checks.get(check) ?? ''}${line}\n`));
      }
    }
  };
  for (const [folder, files] of packages) {
    for (const [path, text] of files) {
      await workspace.write(`packages/${folder}/${path}`, text);
    }
  }
  const folders = [...packages.keys()].map((folder) => `packages/${folder}`);
  const options = { timeout: 590_000 };
  try {
    const settings = ['--reporter=concise', '--error-on-warnings', '--colors=off', '--max-diagnostics=none'];
    const lint = await workspace.run('biome', ['check', ...settings, ...folders], options);
    blame('lint', lint.stdout + lint.stderr);
    await workspace.write(
      'tsconfig.checked.json',
      JSON.stringify({
        extends: './tsconfig.json',
        include: folders.flatMap((each) => ['src', 'migrations', 'integration'].map((part) => `${each}/${part}`)),
      }),
    );
    const types = await workspace.run('tsc', ['-p', 'tsconfig.checked.json', '--noEmit', '--pretty', 'false'], options);
    blame('typecheck', types.stdout);
    const report = '.vitest/checked.json';
    const unit = await workspace.run(
      'vitest',
      ['run', '--project', 'unit', '--reporter=json', `--outputFile=${report}`, ...folders.map((each) => `${each}/`)],
      options,
    );
    blame('unit', failedIn(join(workspace.root, report), unit.stdout + unit.stderr));
  } finally {
    for (const folder of folders) {
      rmSync(join(workspace.root, folder), { recursive: true, force: true });
    }
  }
  return red;
}

function failedIn(report: string, output: string): string {
  let results: readonly {
    name: string;
    status: string;
    message: string;
    assertionResults: readonly { status: string; failureMessages: readonly string[] }[];
  }[];
  try {
    results = JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch (error) {
    throw new Error(`Vitest reported nothing:\n${output}`, { cause: error });
  }
  const failed = results.filter(({ status }) => status !== 'passed');
  return failed
    .map(({ name, message, assertionResults }) => {
      const messages = [message, ...assertionResults.flatMap(({ failureMessages }) => failureMessages)];
      return `${name}: ${messages.filter(Boolean).join(' ').replaceAll('\n', ' ').slice(0, 300)}`;
    })
    .join('\n');
}
