// What lint, typecheck and unit of many packages cost beside one run of their tools over all, nothing cached.
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createScratchWorkspace, type ScratchWorkspace } from '../test/scratch-workspace.ts';
import { judge, printTimings, timeInTurns } from './measure.ts';
import { peakMemory } from './memory.ts';

const TARGETS = ['lint', 'typecheck', 'unit'] as const;
const NX = ['--outputStyle=static', '--exclude', 'workspace'];
const nameOf = (index: number) => `library-${index}`;

async function run(workspace: ScratchWorkspace, command: string, ...args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await workspace.run(command, args, { timeout: 900_000 });
  if (code !== 0) {
    throw new Error(`${command} ${args.slice(0, 8).join(' ')}: exit ${code}\n${stdout}${stderr}`);
  }
}

/** A repository of libraries as they are generated, and of nothing else that has unit tests. */
async function createLibraries(count: number): Promise<ScratchWorkspace> {
  const workspace = await createScratchWorkspace();
  for (const file of globSync('{generators,packages/*/src}/**/*.test.ts', { cwd: workspace.root })) {
    rmSync(join(workspace.root, file));
  }
  await run(workspace, 'plop', 'library', nameOf(0), '--yes', '--no-install');
  const made = join(workspace.root, 'packages', nameOf(0));
  const manifest = readFileSync(join(made, 'package.json'), 'utf8');
  for (let index = 1; index < count; index++) {
    const copy = join(workspace.root, 'packages', nameOf(index));
    cpSync(made, copy, { recursive: true });
    writeFileSync(join(copy, 'package.json'), manifest.replaceAll(nameOf(0), nameOf(index)));
  }
  await workspace.write(
    'all.json',
    JSON.stringify({ extends: './tsconfig.json', include: ['packages/library-*/src'], exclude: [] }),
  );
  return workspace;
}

/** The same repository whose targets are commands, each a process of its own. */
async function withoutBatches(workspace: ScratchWorkspace): Promise<string> {
  const text = await workspace.read('nx.json');
  const nx = JSON.parse(text);
  for (const target of TARGETS) {
    const { executor: _, options, ...rest } = nx.targetDefaults[target];
    nx.targetDefaults[target] = { ...rest, ...options };
  }
  return JSON.stringify(nx);
}

async function judgeLibraries(count: number, seconds: number, rounds: number): Promise<void> {
  const workspace = await createLibraries(count);
  try {
    const names = Array.from({ length: count }, (_, index) => nameOf(index)).join();
    const folders = globSync('packages/library-*', { cwd: workspace.root });
    const uncached = (...targets: readonly string[]) =>
      run(workspace, 'nx', 'run-many', '-t', ...targets, '-p', names, '--skip-nx-cache', ...NX);
    const timings = await timeInTurns(
      {
        lint: () => uncached('lint'),
        biome: () => run(workspace, 'biome', 'check', '--reporter=concise', '--error-on-warnings', ...folders),
        typecheck: () => uncached('typecheck'),
        program: () => run(workspace, 'tsc', '-p', 'all.json'),
        unit: () => uncached('unit'),
        vitest: () => run(workspace, 'vitest', 'run', '--project', 'unit', 'packages/library-'),
        all: () => uncached(...TARGETS),
      },
      rounds,
    );
    printTimings({
      [`lint of ${count} libraries`]: timings.lint,
      'one Biome over all': timings.biome,
      [`typecheck of ${count} libraries`]: timings.typecheck,
      'one program over all': timings.program,
      [`unit of ${count} libraries`]: timings.unit,
      'one Vitest over all': timings.vitest,
      [`the three targets of ${count} libraries`]: timings.all,
    });
    const times = (target: 'lint' | 'typecheck' | 'unit', tool: 'biome' | 'program' | 'vitest', name: string) =>
      judge({
        claim: `${target} of ${count} libraries, in times of ${name} over all`,
        measured: timings[target].median / timings[tool].median,
        bound: 1.5,
        unit: '×',
        kind: 'at most',
        boundedBy:
          'Nx itself starts, reads the projects and hashes the tasks first, as long as a run that is all cached.',
      });
    times('lint', 'biome', 'one Biome');
    times('typecheck', 'program', 'one program');
    times('unit', 'vitest', 'one Vitest');
    judge({
      claim: `lint, typecheck and unit of ${count} libraries`,
      measured: timings.all.median / 1000,
      bound: seconds,
      unit: ' s',
      kind: 'at most',
    });
    judge({
      claim: 'memory of all processes of that run',
      measured: (await peakMemory(() => uncached(...TARGETS))) / 2 ** 30,
      bound: 2,
      unit: ' GiB',
      kind: 'at most',
    });
    if (count === 100) {
      await judgeBesideCommands(workspace, names);
    }
  } finally {
    await workspace.remove();
  }
}

/** One package, and all cached, beside targets that are commands. */
async function judgeBesideCommands(workspace: ScratchWorkspace, names: string): Promise<void> {
  const batches = await workspace.read('nx.json');
  const commands = await withoutBatches(workspace);
  const inTurn = async (text: string, ...args: readonly string[]) => {
    await workspace.write('nx.json', text);
    await run(workspace, 'nx', ...args, ...NX);
  };
  const one = ['run-many', '-t', 'unit', '-p', nameOf(0), '--skip-nx-cache'];
  const all = ['run-many', '-t', ...TARGETS, '-p', names];
  const timings = await timeInTurns(
    {
      one: () => inTurn(batches, ...one),
      'one, commands': () => inTurn(commands, ...one),
    },
    5,
  );
  await inTurn(batches, ...all);
  const cached = await timeInTurns({ all: () => inTurn(batches, ...all) }, 5);
  // The tasks of both have run by now, and their hashes are of other targets.
  await inTurn(commands, ...all);
  const bare = await timeInTurns({ all: () => inTurn(commands, ...all) }, 5);
  printTimings({
    'unit of one library': timings.one,
    'unit of one library by its command': timings['one, commands'],
    'the three targets, all cached': cached.all,
    'the three targets by their commands, all cached': bare.all,
  });
  judge({
    claim: 'unit of one library, in times of its command',
    measured: timings.one.median / timings['one, commands'].median,
    bound: 1.05,
    unit: '×',
    kind: 'at most',
    boundedBy: 'Nx starts a process for the tasks of a batch, one task too.',
  });
  judge({
    claim: 'the three targets of a hundred libraries, all cached, in times of commands',
    measured: cached.all.median / bare.all.median,
    bound: 1.2,
    unit: '×',
    kind: 'at most',
  });
}

async function judgeServices(count: number): Promise<void> {
  const workspace = await createScratchWorkspace();
  try {
    await run(workspace, 'plop', 'service', 'shop', '--yes', '--no-install');
    const made = join(workspace.root, 'packages/shop');
    const manifest = readFileSync(join(made, 'package.json'), 'utf8');
    for (let index = 1; index < count; index++) {
      cpSync(made, `${made}-${index}`, { recursive: true });
      writeFileSync(join(`${made}-${index}`, 'package.json'), manifest.replaceAll('shop"', `shop-${index}"`));
    }
    const servers = workspace.start('node', ['test/hold-servers.ts']);
    try {
      await servers.waitFor(/^ready$/m, 120_000);
      const timings = await timeInTurns(
        {
          nx: () => run(workspace, 'nx', 'run-many', '-t', 'integration', '-p', 'shop*', '--skip-nx-cache', ...NX),
          vitest: () => run(workspace, 'vitest', 'run', '--project', 'integration', 'packages/shop'),
        },
        1,
      );
      printTimings({
        [`integration of ${count} services`]: timings.nx,
        'one Vitest over all of them': timings.vitest,
      });
      judge({
        claim: `integration of ${count} services, in times of one Vitest over all`,
        measured: timings.nx.median / timings.vitest.median,
        bound: 1.15,
        unit: '×',
        kind: 'at most',
      });
    } finally {
      await servers.end();
    }
  } finally {
    await workspace.remove();
  }
}

await judgeLibraries(100, 12, 3);
await judgeLibraries(500, 50, 1);
await judgeServices(20);
