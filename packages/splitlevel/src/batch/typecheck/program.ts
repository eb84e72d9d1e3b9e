import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as read } from 'node:stream/consumers';
import { environmentOf } from '../alone.ts';
import { mayShare } from './configuration.ts';
import { augmentedModules, mayAffectGlobals } from './globals.ts';
import { type Output, parseOutput } from './output.ts';
import type { Package } from './packages.ts';
import { filesOf, notOfAll, type Reach, reachOf } from './reach.ts';

/** What one program over several packages tells. */
export interface Program {
  readonly output: Output;
  readonly reach: Reach<Package>;
  /** The files that may affect others without being imported, of those that not all packages reach. */
  readonly affecting: readonly string[];
  /** Files that add to others, and these, of those that not all packages reach. */
  readonly augmented: readonly (readonly [by: string, file: string])[];
}

/** What a file's text says of its effect on others. */
interface Scanned {
  readonly affects: boolean;
  readonly augments: readonly string[];
}

type CompilerOptions = Readonly<Record<string, unknown>>;

/** Where the configuration of a run is written: a folder of the root that git does not track. */
const FOLDER = '.nx';

/**
 * Makes programs of packages that have one shared configuration. What does not depend on the packages is found out once.
 * @returns undefined if the packages may not share a program, or if it could not be made.
 */
export function createCompiler(root: string): (packages: readonly Package[]) => Promise<Program | undefined> {
  let shared: Promise<CompilerOptions> | undefined;
  const scanned = new Map<string, Scanned>();

  return async (packages) => {
    const file = `${FOLDER}/typecheck-${randomUUID()}.json`;
    const environment = environmentOf(root, packages[0]?.task.environment ?? {});
    const tsc = (option: string) => run(['-p', file, '--pretty', 'false', option], root, environment);
    try {
      await mkdir(join(root, FOLDER), { recursive: true });
      await writeFile(join(root, file), configurationOf(packages));
      shared ??= tsc('--showConfig').then(({ printed }) => JSON.parse(printed).compilerOptions);
      const [options, { isGreen, printed }] = await Promise.all([shared, tsc('--explainFiles')]);
      const output = parseOutput(printed);
      return output && mayShare(options, join(root, FOLDER)) && isSound(output, isGreen, packages, file)
        ? programOf(packages, output, options)
        : undefined;
    } catch {
      return undefined;
    } finally {
      await rm(join(root, file), { force: true });
    }
  };

  function programOf(packages: readonly Package[], output: Output, options: CompilerOptions): Program {
    const reach = reachOf(packages, output.files);
    const some = new Set(notOfAll(reach));
    const affecting: string[] = [];
    const augmented: [by: string, file: string][] = [];
    for (const name of output.files.keys()) {
      const { affects, augments } = scanned.get(name) ?? scan(name, options);
      scanned.set(name, { affects, augments });
      if (affects && some.has(name)) {
        affecting.push(name);
      }
      const added = augments.flatMap((module) => filesOf(module, name, output.files));
      augmented.push(...added.filter((file) => some.has(file)).map((file) => [name, file] as [string, string]));
    }
    return { output, reach, affecting, augmented };
  }

  /** Reads synchronously: for hundreds of small files that takes a fifth of the time. */
  function scan(name: string, { moduleDetection }: CompilerOptions): Scanned {
    const text = readFileSync(join(root, name), 'utf8');
    const affects = mayAffectGlobals(name, text, moduleDetection === 'force');
    return { affects, augments: affects ? augmentedModules(name, text) : [] };
  }
}

function configurationOf(packages: readonly Package[]): string {
  return JSON.stringify({
    extends: packages[0]?.shared,
    // Which of two equal copies TypeScript takes depends on the program: see withoutDoubles.
    compilerOptions: { deduplicatePackages: false },
    include: packages.flatMap(({ include }) => include),
  });
}

/** Whether all is accounted for, and no error speaks of the configuration of the run, which no package has. */
function isSound({ errors, files }: Output, isGreen: boolean, packages: readonly Package[], file: string): boolean {
  const include = new Set(packages.flatMap((each) => each.include));
  return (
    isGreen === (errors.length === 0) &&
    !errors.some(({ text }) => text.includes(file)) &&
    [...files.values()].every(({ patterns }) => patterns.every((each) => include.has(each)))
  );
}

/** @throws {Error} where tsc did not come to an end by itself, or had something else to say. */
async function run(
  args: readonly string[],
  root: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly isGreen: boolean; readonly printed: string }> {
  const child = spawn('tsc', args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], printed, complaint] = await Promise.all([
    once(child, 'close'),
    read(child.stdout),
    read(child.stderr),
  ]);
  if (code === null || complaint !== '') {
    throw new Error(`tsc ${args.join(' ')}: exit ${code}\n${complaint}`);
  }
  return { isGreen: code === 0, printed };
}
