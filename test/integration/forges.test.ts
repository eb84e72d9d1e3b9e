import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ownPack } from '../../generators/engine/pack.ts';
import { filesOf } from '../../generators/workspace/files.ts';
import { pipelineJobs } from './pipeline-jobs.ts';
import { workflowProblems } from './workflow-problems.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const workflow = read('.github/workflows/ci.yml');
const pipeline = read('.gitlab-ci.yml');
/** This repository's own, which new ones do not get. */
const ownWorkflow = read('.github/workflows/acceptance.yml');
const release = read('.github/workflows/release.yml');
const ownJobs = read('.gitlab/own-jobs.yml');
/** New repositories' own: this one has no versions of Splitlevel to follow. */
const update = newUpdateWorkflow();

interface Job {
  readonly needs?: readonly string[] | string;
  readonly 'timeout-minutes'?: number;
  readonly environment?: string;
  readonly permissions?: unknown;
  readonly concurrency?: object;
  readonly steps: readonly {
    readonly if?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
  }[];
}
interface Workflow {
  readonly jobs: Record<string, Job>;
  readonly permissions: unknown;
  readonly on: object;
  readonly concurrency?: object;
}
const { jobs }: Workflow = parse(workflow);
const workflows: readonly (readonly [name: string, text: string])[] = [
  ['ci.yml', workflow],
  ['acceptance.yml', ownWorkflow],
  ['release.yml', release],
  ['update.yml', update],
];

function newUpdateWorkflow(): string {
  const answers = { scope: '@shop', packageManager: 'npm', forge: 'github', owner: '' } as const;
  const files = filesOf('shop', answers, { root, ...ownPack() });
  return String(files.find(({ path }) => path === '.github/workflows/update.yml')?.content);
}

test("GitHub's own parser accepts the workflows, and would not accept a slip", async () => {
  for (const [, text] of workflows) {
    expect(await workflowProblems(text)).toEqual([]);
  }
  expect(await workflowProblems(workflow.replace('timeout-minutes', 'timeout-minute'))).toEqual([
    expect.stringContaining("Unexpected value 'timeout-minute'"),
  ]);
  expect(await workflowProblems(workflow.replace('matrix.shard.name }})', 'matrix.shard.name'))).not.toEqual([]);
});

test("GitLab's schema accepts the pipeline, and would not accept a slip", () => {
  expect(pipelineJobs(pipeline)).toMatch(/^quick .*[\s\S]*^report /m);
  expect(pipelineJobs(pipeline)).not.toMatch(/^acceptance /m);
  expect(pipelineJobs(pipeline, { '.gitlab/own-jobs.yml': ownJobs })).toMatch(/^acceptance /m);
  expect(() => pipelineJobs(pipeline.replace('parallel: 4', 'parallel: four'))).toThrow(/'parallel' property/);
});

test('actions are pinned by commit, one commit each, and leave no token behind', () => {
  const text = ownWorkflow + workflow + release + update;
  const uses = [...text.matchAll(/uses: (\S+?)@(\S+)( # v\d+\.\d+\.\d+)?$/gm)];
  const steps = workflows.flatMap(([, each]) =>
    Object.values((parse(each) as Workflow).jobs).flatMap((job) => job.steps),
  );
  expect(uses.length).toBe(steps.filter(({ uses: name }) => name).length);
  const versions = new Map<string, Set<string>>();
  for (const [, name = '', commit = '', version = ''] of uses) {
    expect(commit, name).toMatch(/^[0-9a-f]{40}$/);
    expect(version, `${name} says which version its commit is`).not.toBe('');
    const action = name.split('/').slice(0, 2).join('/');
    versions.set(action, (versions.get(action) ?? new Set()).add(`${commit}${version}`));
  }
  for (const [action, commits] of versions) {
    expect(commits.size, action).toBe(1);
  }
  for (const checkout of steps.filter(({ uses: name }) => name?.startsWith('actions/checkout@'))) {
    expect(checkout.with).toMatchObject({ 'persist-credentials': false });
  }
});

test('no action is older than the oldest that runs on a Node which the forge still has', () => {
  // The first version of each whose action.yml says 'node24'.
  const oldest = { checkout: 5, 'setup-node': 5, cache: 5, 'upload-artifact': 6, 'download-artifact': 7 };
  const used = [...`${workflow}${ownWorkflow}${release}${update}`.matchAll(/uses: actions\/([\w-]+)\S* # v(\d+)/g)];
  for (const [, action = '', major] of used) {
    expect(Number(major), action).toBeGreaterThanOrEqual(oldest[action as keyof typeof oldest] ?? Infinity);
  }
});

test.each(workflows.filter(([name]) => name !== 'update.yml'))(
  '%s may read the repository and nothing else, and nothing of it runs with secrets for a fork',
  (_, text) => {
    const { jobs: own, ...head }: Workflow = parse(text);
    expect(head.permissions).toEqual({ contents: 'read' });
    for (const [job, { permissions }] of Object.entries(own)) {
      // Only the job that publishes may say who it is, and only a tag starts it.
      const told = job === 'publish' ? { contents: 'read', 'id-token': 'write' } : undefined;
      expect(permissions).toEqual(told);
      if (told !== undefined) {
        expect(head.on).toEqual({ push: { tags: ['v*'] } });
      }
    }
    expect(Object.keys(head.on)).not.toContain('pull_request_target');
    expect(Object.keys(head.on)).not.toContain('workflow_run');
    for (const [, name] of text.matchAll(/secrets\.(\w+)/g)) {
      expect(name).toBe('NX_CACHE_TOKEN');
    }
  },
);

test('the workflow for updates can write only in the job that runs nothing of the branch', () => {
  const { jobs: own, ...head }: Workflow = parse(update);
  expect(head.permissions).toEqual({ contents: 'read' });
  expect(Object.keys(head.on)).toEqual(['push', 'workflow_dispatch']);
  expect(own.update?.permissions).toBeUndefined();
  expect(JSON.stringify(own.update)).not.toMatch(/secrets\.|github\.token/);
  expect(own.propose?.permissions).toEqual({ actions: 'write', contents: 'write', 'pull-requests': 'write' });
  const commands = (own.propose?.steps ?? []).flatMap(({ run = '' }) => run.split('\n'));
  expect(commands.filter((command) => /\b(npm|npx|node|nx)\b/.test(command))).toEqual([]);
  expect([...update.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name)).toEqual(['UPDATE_TOKEN', 'UPDATE_TOKEN']);
});

test.each(workflows)(
  'in %s what others can choose, such as the name of a branch, never becomes part of a script',
  (_, text) => {
    const scripts = Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) =>
      steps.map(({ run }) => run ?? ''),
    );
    for (const script of scripts) {
      expect(script).not.toContain('${{');
    }
  },
);

test('every job ends by itself, and a newer run of a branch replaces the older', () => {
  for (const [name, text] of workflows) {
    const { jobs: own, concurrency }: Workflow = parse(text);
    for (const [job, { 'timeout-minutes': minutes }] of Object.entries(own)) {
      expect(minutes, job).toBeGreaterThan(0);
    }
    // Releases come one after the other.
    if (name !== 'release.yml') {
      expect(concurrency ?? own.update?.concurrency).toMatchObject({ group: expect.stringContaining('github.ref') });
    }
  }
  const { default: common, workflow: rules, stages, variables, include, ...gitlabJobs } = parse(pipeline);
  for (const [name, job] of Object.entries<{ timeout?: string }>({ ...gitlabJobs, ...parse(ownJobs) })) {
    if (!name.startsWith('.')) {
      expect(job.timeout, name).toBeDefined();
    }
  }
});

test('the verdict waits for every other job of the workflow, and installs nothing to print a report', () => {
  const { verdict, ...others } = jobs;
  expect(verdict?.needs).toEqual(Object.keys(others));
  expect(verdict?.steps.map(({ run }) => run)).not.toContain('npm ci');
  expect(parse(pipeline).report.before_script).toEqual([]);
});

test('what a run keeps is restored by the paths that it was kept with, and only the default branch keeps', () => {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const [save, ...otherSaves] = steps.filter(({ uses }) => uses?.startsWith('actions/cache/save@'));
  expect(otherSaves).toEqual([]);
  expect(save?.if).toBe(
    "github.event_name != 'pull_request' && github.ref_name == github.event.repository.default_branch",
  );
  const restores = steps.filter(({ uses }) => uses?.startsWith('actions/cache/restore@'));
  expect(restores.length).toBe(2);
  for (const restore of restores) {
    expect(restore.with?.path).toBe(save?.with?.path);
  }
});

test('both forges spread over as many machines as the plan does', () => {
  const [, machines] = /MACHINES = (\d+)/.exec(read('packages/ci/src/main.ts')) ?? [];
  expect(parse(pipeline).integration.parallel).toBe(Number(machines));
});

test('the files are the same in every workspace: they name none of its packages', () => {
  for (const text of [workflow, pipeline]) {
    expect(text).not.toMatch(/pricing|splitlevel|acceptance|planted/i);
  }
});

test('what the files say to read is there in every workspace', () => {
  const readme = read('templates/workspace/base/README.md.hbs');
  for (const text of [workflow, pipeline]) {
    expect(text).toContain('The README, "Continuous integration"');
    for (const [, section] of text.matchAll(/README, "([^"]+)"/g)) {
      expect(read('README.md')).toContain(`\n## ${section}\n`);
      expect(readme).toContain(`\n## ${section}\n`);
    }
  }
});
