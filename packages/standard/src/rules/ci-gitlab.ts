import type { Problem } from '../finding.ts';
import { absent, cacheless, commandsIn, excused, type Yaml } from './ci-jobs.ts';

const PATH = '.gitlab-ci.yml';
const KEYWORDS =
  /^(stages|workflow|default|variables|include|image|services|cache|before_script|after_script|pages|spec)$/;

/** Finds what the pipeline of GitLab leaves out, or lets pass. */
export function problemsOfGitLab(pipeline: Yaml): readonly Problem[] {
  const jobs = Object.entries(pipeline)
    .filter(([name]) => !KEYWORDS.test(name))
    .map(([name, job]) => [name, extended(job as Yaml, pipeline)] as const);
  const visible = jobs.filter(([name]) => !name.startsWith('.'));
  const commands = visible.filter(([, job]) => !isNeverRun(job)).flatMap(([, job]) => commandsIn(job.script));
  return [
    ...absent(PATH, commands),
    ...jobs.filter(([, job]) => isHeld(job)).flatMap(([name, job]) => problemsOf(name, job)),
    ...workflow(pipeline),
    ...cacheless(PATH, pipeline),
  ];
}

/** Whether a job runs what CI is asked for. A deploy or a job of documents is its owner's. */
function isHeld(job: Yaml): boolean {
  return ['before_script', 'script']
    .flatMap((key) => commandsIn(job[key]))
    .some((command) => /\bnpm (run (--silent )?(ci|standard|test)\b|test\b|t\b)|\b(nx|vitest)\b/.test(command));
}

/** A job with what it extends. */
function extended(job: Yaml, pipeline: Yaml, depth = 0): Yaml {
  if (typeof job !== 'object' || job === null) {
    return {};
  }
  const parents = [job.extends ?? []].flat().map((name) => (pipeline[String(name)] ?? {}) as Yaml);
  const whole = depth > 5 ? [] : parents.map((parent) => extended(parent, pipeline, depth + 1));
  return Object.assign({}, ...whole, job) as Yaml;
}

function rulesOf({ rules }: Yaml): readonly Yaml[] {
  return Array.isArray(rules) ? (rules.filter((rule) => typeof rule === 'object') as Yaml[]) : [];
}

function isNeverRun(job: Yaml): boolean {
  if (job.only !== undefined || job.except !== undefined) {
    return true;
  }
  const rules = rulesOf(job);
  const isOff = (when: unknown) => when === 'never' || when === 'manual' || when === 'on_failure';
  return (
    isOff(job.when) ||
    (rules.length > 0 && rules.every(({ when }) => isOff(when))) ||
    (rules[0]?.if === undefined && isOff(rules[0]?.when))
  );
}

function problemsOf(name: string, job: Yaml): readonly Problem[] {
  const place = `${PATH}: the job ${name}`;
  const todo = 'Take it out, so that the pipeline fails where the job fails.';
  const rules = rulesOf(job);
  const mayFail = [job, ...rules].some(({ allow_failure: allowed }) => allowed !== undefined && allowed !== false);
  const scripts = ['before_script', 'script'].flatMap((key) => commandsIn(job[key]));
  return [
    ...(mayFail ? [{ what: `${place} may fail: allow_failure`, todo }] : []),
    ...(repeats(job.retry)
      ? [
          {
            what: `${place} passes where it passes now and then: retry`,
            todo: 'Retry it for failures of runners alone.',
          },
        ]
      : []),
    ...(rules.some((rule) => 'changes' in rule)
      ? [
          {
            what: `${place} leaves changes out: changes`,
            todo: 'Take it out; `npm run ci` knows what a change can break.',
          },
        ]
      : []),
    ...(isNeverRun(job)
      ? [{ what: `${place} never runs by itself, or on some refs only`, todo: 'Take that out.' }]
      : []),
    ...excused(place, scripts),
  ];
}

/** Whether a job runs again where its script failed. */
function repeats(retry: unknown): boolean {
  if (typeof retry !== 'object' || retry === null) {
    return Number(retry ?? 0) > 0;
  }
  const { max = 2, when = 'always', exit_codes: codes } = retry as Yaml;
  const causes = [when].flat().map(String);
  return (
    Number(max) > 0 &&
    (codes !== undefined || causes.some((each) => /^(always|script_failure|unknown_failure)$/.test(each)))
  );
}

function workflow(pipeline: Yaml): readonly Problem[] {
  const [first] = rulesOf((pipeline.workflow ?? {}) as Yaml);
  return first?.when === 'never' && first.if === undefined
    ? [{ what: `${PATH}: workflow runs no pipeline at all`, todo: 'Take the rule out.' }]
    : [];
}
