import { globSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';

/** The suites that must stay green. */
export type Proof = 'unit' | 'integration' | 'none';

/** A check of packages in a copy of the workspace. */
interface Step {
  readonly name: string;
  /** The folders that have something to check. */
  of(copy: string, folders: readonly string[]): readonly string[];
  /** @returns what the tool says; undefined when it is content. */
  run(copy: string, folders: readonly string[], root: string): Promise<string | undefined>;
}

const lint: Step = {
  name: 'lint',
  of: (_, folders) => folders,
  run: (copy, folders) =>
    runTool(copy, 'biome', ['check', '--reporter=concise', '--error-on-warnings', '--colors=off', ...folders]),
};

const typecheck: Step = {
  name: 'typecheck',
  of: (copy, folders) => folders.filter((folder) => has(copy, folder, 'tsconfig.json')),
  run: async (copy, folders) => {
    const said: string[] = [];
    for (const folder of folders) {
      said.push((await runTool(copy, 'tsc', ['-p', folder, '--pretty', 'false'])) ?? '');
    }
    return said.join('\n').trim() || undefined;
  },
};

function suite(name: 'unit' | 'integration', pattern: string): Step {
  return {
    name,
    of: (copy, folders) => folders.filter((folder) => has(copy, folder, pattern)),
    run: (copy, folders, root) =>
      runTool(copy, 'vitest', ['run', '--project', name, ...folders.map((folder) => `${folder}/`)], {
        TESTKIT_WORKSPACE: root,
      }),
  };
}

/** The checks of a proof, in their order. */
export function stepsOf(proof: Proof): readonly Step[] {
  const unit = [lint, typecheck, suite('unit', 'src/**/*.test.ts')];
  return proof === 'none' ? [] : proof === 'unit' ? unit : [...unit, suite('integration', 'integration/**/*.test.ts')];
}

/** The first check that fails, with what it says; undefined where all are content. */
export async function firstRed(
  copy: string,
  folders: readonly string[],
  steps: readonly Step[],
  root: string,
): Promise<{ step: Step; said: string } | undefined> {
  for (const step of steps) {
    const checked = step.of(copy, folders);
    const said = checked.length === 0 ? undefined : await step.run(copy, checked, root);
    if (said !== undefined) {
      return { step, said };
    }
  }
  return undefined;
}

function has(copy: string, folder: string, pattern: string): boolean {
  return globSync(pattern, { cwd: join(copy, folder) }).length > 0;
}
