import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from './base.ts';
import { describeEnding, type Ending, hasCrashed } from './nx-ending.ts';
import { nxEnvironment, nxProgram } from './nx-environment.ts';

/** A task of Nx that is in question, and the files that put it there; none where all tasks are. */
export interface Candidate {
  readonly id: string;
  readonly project: string;
  readonly target: string;
  readonly because: readonly string[];
}

/** One reason of `nx affected --explain=stdout`. */
interface Reason {
  readonly kind: string;
  readonly file?: string;
  readonly package?: string;
  readonly producer?: string;
  readonly ecosystem?: string;
}

/**
 * The tasks of these targets that the scope has, by Nx itself.
 * @throws {Error} with Nx's own words when it cannot tell
 */
export function candidatesOf(scope: Scope, targets: readonly string[], root: string): Candidate[] {
  if (scope.base === undefined) {
    return allTasks(targets, root);
  }
  const output = runNx(root, ['affected', '-t', targets.join(','), '--base', scope.base, '--explain=stdout']);
  const { affected } = parse<{ affected: Record<string, Reason[]> }>(output);
  return sorted(Object.entries(affected).map(([id, reasons]) => candidate(id, [...new Set(reasons.map(describe))])));
}

function allTasks(targets: readonly string[], root: string): Candidate[] {
  const output = runNx(root, ['run-many', '-t', targets.join(','), '--graph=stdout']);
  const { tasks } = parse<{ tasks: { tasks: Record<string, { target: { target: string } }> } }>(output);
  const wanted = Object.entries(tasks.tasks).filter(([, task]) => targets.includes(task.target.target));
  return sorted(wanted.map(([id]) => candidate(id, [])));
}

function candidate(id: string, because: readonly string[]): Candidate {
  const [project = '', target = ''] = id.split(':');
  return { id, project, target, because };
}

function sorted(candidates: Candidate[]): Candidate[] {
  return candidates.sort((a, b) => a.id.localeCompare(b.id, 'en'));
}

function describe({ kind, file, package: name, producer, ecosystem }: Reason): string {
  if (kind === 'npm-package' || kind === 'external-dependencies') {
    return name ? `${file} (${name})` : `${file ?? kind}`;
  }
  return file ?? producer ?? ecosystem ?? kind;
}

/** Nx's JSON. Lines before it, such as a warning, are dropped. */
function parse<T>(output: string): T {
  return JSON.parse(output.slice(output.indexOf('{'))) as T;
}

/** The output of the command, which is given once more if it crashes. */
function runNx(root: string, args: readonly string[]): string {
  const first = tryNx(root, args);
  const { output, stderr, ending } = hasCrashed(first.ending) ? tryNx(root, args) : first;
  if (ending.code !== 0) {
    throw new Error(`nx ${args.join(' ')} ${describeEnding(ending)}.\n${stderr}${output}`);
  }
  return output;
}

function tryNx(root: string, args: readonly string[]): { output: string; stderr: string; ending: Ending } {
  // To a file, since Nx ends before a pipe has taken all of a long output.
  const folder = mkdtempSync(join(tmpdir(), 'nx-output-'));
  const file = join(folder, 'stdout');
  const stdout = openSync(file, 'w');
  try {
    const {
      status: code,
      signal,
      stderr,
      error,
    } = spawnSync(process.execPath, [nxProgram(root), ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...nxEnvironment },
      stdio: ['ignore', stdout, 'pipe'],
    });
    if (error !== undefined) {
      throw new Error(`nx ${args.join(' ')} could not be run: ${error.message}`, { cause: error });
    }
    const output = readFileSync(file, 'utf8');
    return { output, stderr, ending: { code, signal, silent: `${output}${stderr}` === '' } };
  } finally {
    closeSync(stdout);
    rmSync(folder, { recursive: true });
  }
}
