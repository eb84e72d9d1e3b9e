import { asNpm } from '@splitlevel/generators/engine';
import type { Problem } from '../finding.ts';
import { absent, cacheless, commandsIn, excused, isNever, type Yaml } from './ci-jobs.ts';

interface Job {
  readonly name: string;
  readonly job: Yaml;
  readonly steps: readonly Yaml[];
}

/**
 * Finds what the workflows of GitHub that test by `npm run ci` leave out, or let pass; others are their owner's, and so is
 * the one that updates what was generated.
 */
export function problemsOfGitHub(workflows: readonly (readonly [path: string, workflow: Yaml])[]): readonly Problem[] {
  const held = workflows.filter(([, workflow]) =>
    /npm run (--silent )?(ci -- (?!update\b)|standard\b)|npm test\b/.test(asNpm(JSON.stringify(workflow))),
  );
  if (held.length === 0) {
    return [{ what: '.github/workflows: no workflow runs `npm run ci`', todo: 'Put ci.yml back.' }];
  }
  const commands = held.flatMap(([, workflow]) =>
    jobsOf(workflow)
      .filter(runs)
      .flatMap(({ steps }) => steps.filter(isAlways).flatMap((step) => commandsIn(step.run))),
  );
  return [...absent('.github/workflows', commands), ...held.flatMap(([path, workflow]) => problemsOf(path, workflow))];
}

function jobsOf(workflow: Yaml): readonly Job[] {
  return Object.entries((workflow.jobs ?? {}) as Readonly<Record<string, Yaml>>).map(([name, job]) => {
    return { name, job, steps: (job?.steps ?? []) as readonly Yaml[] };
  });
}

/** A job without a condition, or one that waits for what another job found. */
function runs({ job }: Job): boolean {
  return job.if === undefined || (/\bneeds\./.test(String(job.if)) && !isNever(job.if));
}

/** A step without a condition, or one that holds after failures too. */
function isAlways(step: Yaml): boolean {
  return step.if === undefined || /^(\$\{\{)?\s*always\(\)/.test(String(step.if));
}

function problemsOf(path: string, workflow: Yaml): readonly Problem[] {
  const jobs = jobsOf(workflow);
  return [
    ...cacheless(path, workflow),
    ...triggers(path, workflow),
    ...jobs
      .filter(({ name }) => !comesAfter(name, 'verdict', jobs))
      .flatMap((job) => problemsOfJob(path, job, workflow)),
    ...verdict(path, jobs),
  ];
}

/** Whether a job waits for another one, as a deploy waits for the verdict: it is its owner's. */
function comesAfter(name: string, other: string, jobs: readonly Job[], seen = new Set<string>()): boolean {
  if (seen.has(name)) {
    return false;
  }
  seen.add(name);
  const needs = [jobs.find((each) => each.name === name)?.job.needs ?? []].flat().map(String);
  return needs.some((each) => each === other || comesAfter(each, other, jobs, seen));
}

function triggers(path: string, workflow: Yaml): readonly Problem[] {
  const on = workflow.on ?? {};
  const events =
    typeof on === 'string'
      ? { [on]: null }
      : Array.isArray(on)
        ? Object.fromEntries(on.map((each) => [each, null]))
        : (on as Yaml);
  const missing = ['push', 'pull_request', 'schedule']
    .filter((event) => !(event in events))
    .map((event) => ({ what: `${path} does not run on ${event}`, todo: `Add ${event} to its triggers.` }));
  const narrowed = Object.entries(events).flatMap(([event, filter]) =>
    Object.entries((filter ?? {}) as Yaml)
      .filter(([key, value]) => leavesOut(key, [value].flat().map(String), filter as Yaml))
      .map(([key]) => ({
        what: `${path} leaves changes out on ${event}: ${key}`,
        todo: 'Take it out; `npm run ci` knows what a change can break.',
      })),
  );
  return [...missing, ...narrowed];
}

/** Whether a filter keeps changes of branches from being tested. The merge queue has an event of its own. */
function leavesOut(key: string, values: readonly string[], filter: Yaml): boolean {
  const others = values.filter((value) => !/^!?gh-readonly-queue\//.test(value));
  switch (key) {
    case 'paths':
    case 'paths-ignore':
      return true;
    case 'branches':
      return !others.includes('**') || others.some((value) => value.startsWith('!'));
    case 'branches-ignore':
      return others.length > 0;
    case 'tags':
      return !('branches' in filter || 'branches-ignore' in filter);
    case 'types':
      return !['opened', 'synchronize'].every((type) => values.includes(type));
    default:
      return false;
  }
}

function problemsOfJob(path: string, { name, job, steps }: Job, workflow: Yaml): readonly Problem[] {
  const place = `${path}: the job ${name}`;
  const todo = 'Take it out, so that the job fails where something is broken.';
  const mayFail = (value: unknown) => value !== undefined && value !== false && String(value) !== 'false';
  const shells = [workflow.defaults, job.defaults].map(
    (each) => ((each as Yaml | undefined)?.run as Yaml | undefined)?.shell,
  );
  return [
    ...(mayFail(job['continue-on-error']) ? [{ what: `${place} may fail: continue-on-error`, todo }] : []),
    ...(isNever(job.if)
      ? [{ what: `${place} never runs: if: ${String(job.if)}`, todo: 'Take the condition out.' }]
      : []),
    ...shells
      .filter(goesOn)
      .map((shell) => ({ what: `${place} goes on after what fails: shell: ${String(shell)}`, todo })),
    ...steps.flatMap((step, index) => {
      const called = `${place}, step ${JSON.stringify(step.name ?? step.uses ?? index + 1)}`;
      return [
        ...(mayFail(step['continue-on-error']) ? [{ what: `${called} may fail: continue-on-error`, todo }] : []),
        ...(isNever(step.if)
          ? [{ what: `${called} never runs: if: ${String(step.if)}`, todo: 'Take the condition out.' }]
          : []),
        ...(goesOn(step.shell)
          ? [{ what: `${called} goes on after what fails: shell: ${String(step.shell)}`, todo }]
          : []),
        ...excused(called, commandsIn(step.run), {
          all: name === 'verdict',
          pipefail: /^bash$|pipefail/.test(String(step.shell ?? shells[1] ?? shells[0] ?? '')),
        }),
      ];
    }),
  ];
}

/** A shell that is not told to stop at a failure (`bash` alone is). */
function goesOn(shell: unknown): boolean {
  return typeof shell === 'string' && /\{0\}/.test(shell) && !/\s-\w*e|pipefail|-o errexit/.test(shell);
}

/** The one check that is required of a branch must know the result of every other job. */
function verdict(path: string, jobs: readonly Job[]): readonly Problem[] {
  const found = jobs.find(({ name }) => name === 'verdict');
  if (found === undefined) {
    return [{ what: `${path} has no job verdict, the one check to require of a branch`, todo: 'Put it back.' }];
  }
  const { job, steps } = found;
  const needs = [job.needs ?? []].flat().map(String);
  const text = steps.map((step) => looksAt(step, job)).join('\n');
  const unneeded = jobs
    .filter(({ name }) => name !== 'verdict' && !needs.includes(name) && !comesAfter(name, 'verdict', jobs))
    .map(({ name }) => ({
      what: `${path}: verdict does not need the job ${name}, whose failure counts for nothing`,
      todo: `Add ${name} to its needs, and look at its result.`,
    }));
  const unseen = needs
    .filter((name) => !text.includes(`needs.${name}.result`) && !/needs\.\*\.result|toJSON\(needs\)/.test(text))
    .map((name) => ({
      what: `${path}: verdict does not look at the result of the job ${name}`,
      todo: `Compare needs.${name}.result in it.`,
    }));
  const always = /always\(\)|!\s*cancelled\(\)/.test(String(job.if ?? ''))
    ? []
    : [
        {
          what: `${path}: verdict is skipped where another job fails, and a skipped check counts as passed`,
          todo: 'Give it if: always().',
        },
      ];
  return [...unneeded, ...unseen, ...always];
}

/** The inputs of a step's decision: its condition, its commands without their output, and the variables in them. */
function looksAt(step: Yaml, job: Yaml): string {
  const commands = commandsIn(step.run).map((command) => command.replace(/\b(echo|printf)\b[^;&|]*/g, ''));
  const text = [step.if, JSON.stringify(step.with), ...commands].map((each) => String(each ?? '')).join('\n');
  const variables = Object.entries({ ...(job.env as Yaml | undefined), ...(step.env as Yaml | undefined) })
    .filter(([name]) => new RegExp(`\\b${name}\\b`).test(text))
    .map(([, value]) => String(value));
  return [text, ...variables].join('\n');
}
