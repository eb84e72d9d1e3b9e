import type { Finding } from '../finding.ts';
import { absent, cacheless, commandsIn, excused, isNever, type Yaml } from './ci.ts';

type Problem = Omit<Finding, 'rule' | 'package'>;

interface Job {
  readonly name: string;
  readonly job: Yaml;
  readonly steps: readonly Yaml[];
}

/** What the workflows of GitHub leave out, or let pass. The one that calls `npm run ci` is held; others are their owner's. */
export function problemsOfGitHub(workflows: readonly (readonly [path: string, workflow: Yaml])[]): readonly Problem[] {
  const held = workflows.filter(([, workflow]) =>
    /npm run (--silent )?(ci -- |standard\b)|npm test\b/.test(JSON.stringify(workflow)),
  );
  if (held.length === 0)
    return [{ what: '.github/workflows: no workflow runs `npm run ci`', todo: 'Put ci.yml back.' }];
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
    ...jobs.flatMap((job) => problemsOfJob(path, job, workflow)),
    ...verdict(path, jobs),
  ];
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
    ['paths', 'paths-ignore']
      .filter((key) => key in ((filter ?? {}) as Yaml))
      .map((key) => ({
        what: `${path} leaves changes out on ${event}: ${key}`,
        todo: 'Take it out; `npm run ci` knows what a change can break.',
      })),
  );
  return [...missing, ...narrowed];
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
        ...excused(called, commandsIn(step.run), name === 'verdict'),
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
  if (found === undefined)
    return [{ what: `${path} has no job verdict, the one check to require of a branch`, todo: 'Put it back.' }];
  const { job } = found;
  const needs = [job.needs ?? []].flat().map(String);
  const text = JSON.stringify(job);
  const unneeded = jobs
    .filter(({ name }) => name !== 'verdict' && !needs.includes(name))
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
