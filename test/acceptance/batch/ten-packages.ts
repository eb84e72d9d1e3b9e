import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

/** More than any run takes. */
const LIMIT_MS = 180_000;

/** The packages of a batch; the sixth is the one that something is wrong with. */
export const NAMES = Array.from({ length: 10 }, (_, index) => `p${index}`);
export const GUILTY = 'p5';
export const INNOCENT = NAMES.filter((name) => name !== GUILTY);

/** Contents by their paths, relative to the folder of a package; undefined: not there. */
export type Files = Readonly<Record<string, string | undefined>>;

/** How a task of a run ended. */
export interface TaskOutcome {
  readonly id: string;
  readonly isGreen: boolean;
  readonly isCached: boolean;
  /** What Nx keeps as the task's own output. */
  readonly output: string;
}

/** A run of Nx: what it printed, and how its tasks ended. */
export interface Run {
  readonly code: number;
  readonly output: string;
  readonly tasks: ReadonlyMap<string, TaskOutcome>;
}

/** A workspace of ten packages without dependencies. */
export interface TenPackages extends ScratchWorkspace {
  /**
   * Writes the ten packages anew, so that no cache knows them.
   * @param files of the guilty package, beside or in place of its own.
   * @param others files of other packages, by the packages' names.
   */
  plant(files: Files, others?: Readonly<Record<string, Files>>): Promise<void>;
  /** Changes files of a package. */
  change(name: string, files: Files): Promise<void>;
  /** Runs a target of all packages, or what `args` say; after three minutes it and all that it started are killed, and this throws. */
  runTasks(target: string, args?: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Run>;
  /** How the tasks of the last run ended that had its cache there; default: Nx's own place. */
  tasks(cache?: string): Promise<ReadonlyMap<string, TaskOutcome>>;
}

export async function createTenPackages(): Promise<TenPackages> {
  const workspace = await createScratchWorkspace();
  // Short, for what hangs counts as hung after a dozen of these.
  const configuration = await workspace.read('vitest.config.ts');
  await workspace.write(
    'vitest.config.ts',
    configuration
      .replace('mergeConfig(', 'mergeConfig({ test: { testTimeout: 500, hookTimeout: 500 } }, mergeConfig(')
      .replace(/\);\n$/, '));\n'),
  );
  for (const name of NAMES) {
    await symlink(`../../packages/${name}`, join(workspace.root, 'node_modules/@splitlevel', name));
  }
  let round = 0;

  async function plant(files: Files, others: Readonly<Record<string, Files>> = {}): Promise<void> {
    round += 1;
    for (const name of NAMES) {
      const own = name === GUILTY ? files : (others[name] ?? {});
      await rm(join(workspace.root, 'packages', name), { recursive: true, force: true });
      await change(name, { ...filesOf(name, round), ...own });
    }
  }

  async function change(name: string, files: Files): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) {
        await rm(join(workspace.root, 'packages', name, path), { force: true });
      } else {
        await workspace.write(`packages/${name}/${path}`, content);
      }
    }
  }

  async function tasks(cache = '.nx/cache'): Promise<ReadonlyMap<string, TaskOutcome>> {
    const { tasks }: { tasks: { taskId: string; status: number; cacheStatus: string; hash: string }[] } = JSON.parse(
      await workspace.read(`${cache}/run.json`),
    );
    const outcomes = await Promise.all(
      tasks.map(async ({ taskId, status, cacheStatus, hash }) => ({
        id: taskId,
        isGreen: status === 0,
        isCached: cacheStatus !== 'cache-miss',
        output: await workspace.read(`${cache}/terminalOutputs/${hash}`),
      })),
    );
    return new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  }

  return {
    ...workspace,
    plant,
    change,
    tasks,
    runTasks: async (target, args = ['run-many', '-t', target, '-p', ...NAMES], environment = {}) => {
      const command = workspace.start('nx', args, { environment: { CI: undefined, ...environment } });
      const code = await command.finish(LIMIT_MS);
      await sleep(100); // What it printed last may still be in the pipe.
      return { code, output: command.output(), tasks: await tasks(environment.NX_CACHE_DIRECTORY) };
    },
  };
}

/** The manifest of a package. */
export function manifestOf(name: string, more: object = {}): string {
  const manifest = {
    name: `@splitlevel/${name}`,
    version: '0.0.0',
    private: true,
    type: 'module',
    exports: './src/index.ts',
    nx: { name, targets: { lint: {}, typecheck: {}, unit: {} } },
    ...more,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A package that passes, unless it sees what another has left. */
function filesOf(name: string, round: number): Files {
  return {
    'package.json': manifestOf(name),
    'tsconfig.json': '{ "extends": "../../tsconfig.json", "include": ["src"] }\n',
    'src/round.ts': `export const round = ${round};\n`,
    'src/index.ts': `export const name = '${name}';\n`,
    'src/index.test.ts': `import { expect, test, vi } from 'vitest';
import { name } from './index.ts';

test(name, () => {
  console.log(\`\${name} speaks\`);
  expect([Reflect.has(globalThis, 'left'), process.env.LEFT, vi.isFakeTimers()]).toEqual([false, undefined, false]);
  expect(process.listenerCount('SIGUSR2')).toBe(0);
});
`,
  };
}
