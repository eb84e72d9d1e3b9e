import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linkEntries } from '@splitlevel/generators/engine';
import { type Answer, run } from './ask.ts';
import { type KnownFault, knownFaults } from './known-faults.ts';

/** Of a package that is made of the faults of a target. */
const faulty = (target: string): string => `known-faults-of-${target}`;
/** A package whose suites have no tests, and which has a warning of the linter. */
const EMPTY = 'known-to-be-empty';
export const TARGETS = ['lint', 'typecheck', 'unit', 'integration'] as const;

export type Target = (typeof TARGETS)[number];

/** The name of a fault in findings and in the answer. */
export const nameOf = ({ target, name }: Pick<KnownFault, 'target' | 'name'>): string => `${target}: ${name}`;
/** Faults without a file of their own: a failure that does not count, a warning that passes, a suite without tests. */
export const exitCode = (target: Target): string => nameOf({ target, name: 'its own failure' });
export const WARNING = nameOf({ target: 'lint', name: 'a warning' });
export const noTests = (target: Target): string => nameOf({ target, name: 'a package without tests' });
/** The entry that says why nothing is known of the faults of a target: its tool failed before it came to them. */
export const unseen = (target: Target): string => nameOf({ target, name: 'its run' });

/**
 * Sends known faults through the targets of the workspace: in a copy of its configuration, Nx runs the targets of
 * packages that are made of faults, and of one without tests.
 */
export async function sendFaults(root: string): Promise<Answer<ReadonlyMap<string, string>>> {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'splitlevel-faults-')));
  const remove = () => rmSync(copy, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    link(root, copy);
    for (const target of TARGETS) {
      writePackage(
        copy,
        faulty(target),
        [target],
        knownFaults.filter((fault) => fault.target === target),
      );
    }
    writePackage(
      copy,
      EMPTY,
      ['lint', 'unit', 'integration'],
      [{ path: 'src/nothing.ts', text: "import { join } from 'node:path';\n\nexport const nothing = 1;\n" }],
    );
    const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
    const args = [
      'run-many',
      '-t',
      ...TARGETS,
      '-p',
      [...TARGETS.map(faulty), EMPTY].join(),
      '--skip-nx-cache',
      '--nxBail=false',
    ];
    const environment = { NX_WORKSPACE_ROOT_PATH: copy, TESTKIT_RUNTIME: process.env.TESTKIT_RUNTIME ?? '' };
    const { stdout, stderr } = await run(process.execPath, [nx, ...args, '--outputStyle=static'], copy, environment);
    const codes = readCodes(copy);
    if (codes === undefined) {
      return { problem: lastLines(stdout + stderr) };
    }
    return { value: judge(stdout + stderr, codes) };
  } catch (error) {
    return { problem: (error as Error).message };
  } finally {
    remove();
    process.removeListener('exit', remove);
  }
}

function judge(output: string, codes: ReadonlyMap<string, number>) {
  const lines = output.split('\n');
  const isShown = ({ target, path, by }: KnownFault) =>
    lines.some((line) => {
      if (!line.includes(`packages/${faulty(target)}/${path}`)) {
        return false;
      }
      if (target === 'lint') {
        return line.includes(by === 'format' ? ': format: ' : `/${by}: `);
      }
      return target === 'typecheck' || /\bFAIL\b|Unhandled|This error originated/.test(line);
    });
  const faults = knownFaults.map((fault) => [nameOf(fault), isShown(fault)] as const);
  const ends = TARGETS.map((target) => [exitCode(target), codes.get(`${faulty(target)}:${target}`) !== 0] as const);
  const empty = (['unit', 'integration'] as const).map(
    (suite) => [noTests(suite), codes.get(`${EMPTY}:${suite}`) !== 0] as const,
  );
  const all = [...faults, ...ends, ...empty, [WARNING, codes.get(`${EMPTY}:lint`) !== 0] as const];
  const seen = new Map<string, string>(all.map(([name, isRefused]) => [name, isRefused ? 'refused' : 'passed']));
  // A tool that fails before it comes to the faults has said nothing of them.
  for (const target of TARGETS) {
    const own = knownFaults.filter((fault) => fault.target === target).map(nameOf);
    if (seen.get(exitCode(target)) !== 'refused' || own.some((name) => seen.get(name) === 'refused')) {
      continue;
    }
    for (const name of own) {
      seen.delete(name);
    }
    seen.set(unseen(target), partOf(output, `> nx run ${faulty(target)}:${target}`));
  }
  return seen;
}

/** The last lines of what a task printed. */
function partOf(output: string, head: string): string {
  const [, ...parts] = output.split(head);
  return lastLines((parts[0] ?? output).split(/^> nx run |^\s*NX {3}/m)[0] ?? '');
}

/** The exit codes of the tasks, by Nx's own report of the run; undefined where they did not run. */
function readCodes(copy: string): ReadonlyMap<string, number> | undefined {
  try {
    const { tasks } = JSON.parse(readFileSync(join(copy, '.nx/cache/run.json'), 'utf8')) as {
      tasks: { taskId: string; status: number }[];
    };
    const codes = new Map(tasks.map(({ taskId, status }) => [taskId, status]));
    return TARGETS.every((target) => codes.has(`${faulty(target)}:${target}`)) ? codes : undefined;
  } catch {
    return undefined;
  }
}

/** Makes a copy of the workspace in which packages can be added. */
function link(root: string, copy: string): void {
  const leftOut = /^\.|^(packages|tmp|coverage)$/;
  linkEntries(root, copy, (entry) => !entry.isFile() && leftOut.test(entry.name));
  const packages = join(root, 'packages');
  mkdirSync(join(copy, 'packages'));
  if (existsSync(packages)) {
    linkEntries(packages, join(copy, 'packages'), () => false);
  }
}

function writePackage(
  copy: string,
  name: string,
  has: readonly string[],
  files: readonly Pick<KnownFault, 'path' | 'text'>[],
): void {
  const scope = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8')).name.split('/')[0];
  const targets = Object.fromEntries(has.map((target) => [target, {}]));
  const own = [
    {
      path: 'package.json',
      text: `${JSON.stringify({ name: `${scope}/${name}`, type: 'module', nx: { name, targets } }, undefined, 2)}\n`,
    },
    { path: 'tsconfig.json', text: '{ "extends": "../../tsconfig.json", "include": ["src", "integration"] }\n' },
  ];
  for (const { path, text } of [...own, ...files]) {
    const file = join(copy, 'packages', name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-6).join(' ').slice(-300);
}
