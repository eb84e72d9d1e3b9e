import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scopeOf } from './base.ts';
import { writeLeft } from './left.ts';
import type { Occasion } from './occasion.ts';
import { targetsOf } from './plan.ts';
import { remoteCacheOf } from './remote-cache.ts';
import { report, rootFile } from './report.ts';
import { reportsFolder, runNx } from './run-nx.ts';
import { parseShard } from './shards.ts';
import { integrationTarget, quickTargets } from './targets.ts';

/** Which part of the run this machine takes. */
export type Part = 'quick' | 'integration' | 'all';

/**
 * Runs what the occasion asks for, or what `CI_SHARD` hands to this machine, and leaves a report of it.
 * @returns 0 when all is well, else 1
 */
export async function run(part: Part, occasion: Occasion, root: string, environment: NodeJS.ProcessEnv) {
  rmSync(join(root, reportsFolder), { recursive: true, force: true });
  const cache = await remoteCacheOf(environment, root);
  const { because, runs } = runsOf(part, occasion, root, environment.CI_SHARD);
  console.log(`As on ${occasion.name}: ${because}; ${cache.says}.`);
  mkdirSync(join(root, reportsFolder), { recursive: true });
  writeFileSync(join(root, reportsFolder, 'occasion.txt'), `${occasion.name}: ${because}`);
  writeFileSync(join(root, reportsFolder, rootFile), root);
  let failed = false;
  for (const { name, args } of runs) {
    const fresh = occasion.fresh ? ['--skip-nx-cache'] : [];
    const code = await runNx(name, [...args.slice(0, 1), ...fresh, ...args.slice(1)], root, {
      ...environment,
      ...cache.variables,
    });
    failed ||= code !== 0;
  }
  if (failed) {
    writeLeft(join(root, reportsFolder));
  }
  console.log((await report([join(root, reportsFolder)], root)).summary);
  return failed ? 1 : 0;
}

interface NxCommand {
  readonly name: string;
  readonly args: readonly string[];
}

function runsOf(part: Part, occasion: Occasion, root: string, shard: string | undefined) {
  if (part === 'integration' && shard) {
    return { because: 'the share of this machine', runs: runsOfShard(shard) };
  }
  const scope = scopeOf(occasion, root);
  const targets = { quick: [...quickTargets], integration: [integrationTarget], all: targetsOf(occasion) }[part].join(
    ',',
  );
  const args = scope.base ? ['affected', '-t', targets, '--base', scope.base] : ['run-many', '-t', targets];
  return { because: scope.because, runs: [{ name: part, args }] };
}

function runsOfShard(text: string): NxCommand[] {
  const { suites } = parseShard(text);
  const whole = suites.filter(({ exclude }) => exclude.length === 0).map(({ project }) => project);
  const parts = suites.filter(({ exclude }) => exclude.length > 0);
  return [
    ...(whole.length === 0
      ? []
      : [{ name: integrationTarget, args: ['run-many', '-t', integrationTarget, '-p', whole.join(',')] }]),
    // What Vitest is told is part of Nx's cache key, so that a part is never taken for the whole.
    ...parts.map(({ project, exclude }) => ({
      name: `${integrationTarget}-${project}`,
      args: ['run', `${project}:${integrationTarget}`, '--', ...exclude.map((path) => `--exclude=${path}`)],
    })),
  ];
}
