import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { pipelineJobs } from './pipeline-jobs.ts';
import { workflowProblems } from './workflow-problems.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const workflow = read('.github/workflows/ci.yml');
const pipeline = read('.gitlab-ci.yml');

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly environment?: string;
  readonly permissions?: unknown;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}
const { jobs, ...head }: { jobs: Record<string, Job>; permissions: unknown; on: object; concurrency: object } =
  parse(workflow);

test("GitHub's own parser accepts the workflow, and would not accept a slip", async () => {
  expect(await workflowProblems(workflow)).toEqual([]);
  expect(await workflowProblems(workflow.replace('timeout-minutes', 'timeout-minute'))).toEqual([
    expect.stringContaining("Unexpected value 'timeout-minute'"),
  ]);
  expect(await workflowProblems(workflow.replace('matrix.shard.name }})', 'matrix.shard.name'))).not.toEqual([]);
});

test("GitLab's schema accepts the pipeline, and would not accept a slip", () => {
  expect(pipelineJobs(pipeline)).toMatch(/^quick .*[\s\S]*^report /m);
  expect(() => pipelineJobs(pipeline.replace('parallel: 4', 'parallel: four'))).toThrow(/'parallel' property/);
});

test('actions are pinned by commit, one commit each, and leave no token behind', () => {
  const uses = [...workflow.matchAll(/uses: (\S+?)@(\S+)( # v\d+\.\d+\.\d+)?$/gm)];
  expect(uses.length).toBe(Object.values(jobs).flatMap(({ steps }) => steps.filter(({ uses: name }) => name)).length);
  const versions = new Map<string, Set<string>>();
  for (const [, name = '', commit = '', version] of uses) {
    expect(commit, name).toMatch(/^[0-9a-f]{40}$/);
    expect(version, `${name} says which version its commit is`).toBeDefined();
    const action = name.split('/').slice(0, 2).join('/');
    versions.set(action, (versions.get(action) ?? new Set()).add(commit));
  }
  for (const [action, commits] of versions) expect(commits.size, action).toBe(1);
  const checkouts = Object.values(jobs).flatMap(({ steps }) =>
    steps.filter(({ uses: name }) => name?.startsWith('actions/checkout@')),
  );
  for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false });
});

test('the workflow may read the repository and nothing else, and nothing of it runs with secrets for a fork', () => {
  expect(head.permissions).toEqual({ contents: 'read' });
  for (const job of Object.values(jobs)) expect(job.permissions).toBeUndefined();
  expect(Object.keys(head.on)).not.toContain('pull_request_target');
  expect(Object.keys(head.on)).not.toContain('workflow_run');
  expect(new Set([...workflow.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name))).toEqual(
    new Set(['NX_CACHE_TOKEN']),
  );
});

test('what others can choose, such as the name of a branch, never becomes part of a script', () => {
  const scripts = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));
  for (const script of scripts) expect(script).not.toContain('${{');
});

test('every job ends by itself, and a newer run of a branch replaces the older', () => {
  for (const [name, job] of Object.entries(jobs)) expect(job['timeout-minutes'], name).toBeGreaterThan(0);
  expect(head.concurrency).toMatchObject({ group: expect.stringContaining('github.ref') });
  const { default: common, workflow: rules, stages, variables, ...gitlabJobs } = parse(pipeline);
  for (const [name, job] of Object.entries<{ timeout?: string }>(gitlabJobs))
    if (!name.startsWith('.')) expect(job.timeout, name).toBeDefined();
});

test('both forges spread over as many machines as the plan does', () => {
  const [, machines] = /MACHINES = (\d+)/.exec(read('packages/ci/src/main.ts')) ?? [];
  expect(parse(pipeline).integration.parallel).toBe(Number(machines));
});

test('the files are the same in every workspace: they name none of its packages', () => {
  for (const text of [workflow, pipeline]) expect(text).not.toMatch(/pricing|splitlevel/i);
});
