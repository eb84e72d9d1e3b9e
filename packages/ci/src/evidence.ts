import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Evidence } from '@splitlevel/testkit/evidence';
import { readJson } from './read-json.ts';
import { integrationTarget } from './targets.ts';

/** A task of Nx, and the time from which on it can have written its evidence, in milliseconds. */
interface Task {
  readonly id: string;
  readonly since: number;
}

/**
 * Copies the evidence of integration suites, those that the cache answered too, to a folder: a file a project.
 * @returns a line for each server of a suite, by the task's id
 */
export async function collectEvidence(
  tasks: readonly Task[],
  root: string,
  target: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const suites = tasks.filter(({ id }) => id.split(':')[1] === integrationTarget);
  const servers = new Map<string, readonly string[]>();
  if (suites.length === 0) {
    return servers;
  }
  // Loaded where a suite ran: a report is made on machines that have installed nothing.
  const { describeServer, evidenceFile } = await import('@splitlevel/testkit/evidence');
  for (const { id, since } of suites) {
    const [project = ''] = id.split(':');
    const file = join(root, evidenceFile(project));
    const evidence = readJson<Evidence>(file);
    if (evidence === undefined || statSync(file).mtimeMs < since) {
      continue;
    }
    const copy = join(target, `${project}.json`);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
    servers.set(id, evidence.servers.map(describeServer));
  }
  return servers;
}
