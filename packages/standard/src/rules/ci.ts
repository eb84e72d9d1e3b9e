import { parse } from 'yaml';
import type { Finding, Rule } from '../finding.ts';
import { problemsOfGitHub } from './ci-github.ts';
import { problemsOfGitLab } from './ci-gitlab.ts';
import { excuseOfScript } from './excuses.ts';

type Problem = Omit<Finding, 'rule' | 'package'>;

/** What a workflow must run, and how a finding calls it. */
export const WANTED: readonly (readonly [command: RegExp, what: string])[] = [
  [/^(\w+=\S*\s+)*npm run (--silent )?ci -- quick\b/, 'npm run ci -- quick'],
  [/^(\w+=\S*\s+)*npm run (--silent )?ci -- integration\b/, 'npm run ci -- integration'],
  [/^(\w+=\S*\s+)*npm run (--silent )?standard\b/, 'npm run standard'],
];

export const ci: Rule = {
  name: 'ci',
  asks: 'CI runs both suites and this, and fails where they do',
  check: ({ rootTexts, packages }) => {
    const workspace = packages.find(({ folder }) => folder === '.')?.name ?? '';
    const workflows = [...rootTexts].filter(([path]) => path.startsWith('.github/'));
    const pipeline = rootTexts.get('.gitlab-ci.yml');
    const found = [
      ...(workflows.length > 0 ? problemsOfGitHub(workflows.map(([path, text]) => [path, read(text)])) : []),
      ...(pipeline === undefined ? [] : problemsOfGitLab(read(pipeline))),
    ];
    const none = {
      what: 'No CI asks for anything: neither .github/workflows/ nor .gitlab-ci.yml is there',
      todo: 'Put the workflow back.',
    };
    return (workflows.length === 0 && pipeline === undefined ? [none] : found).map((problem) => ({
      package: workspace,
      ...problem,
    }));
  },
};

export type Yaml = Readonly<Record<string, unknown>>;

function read(text: string): Yaml {
  try {
    return (parse(text, { merge: true }) ?? {}) as Yaml;
  } catch {
    return {};
  }
}

/** The lines of a script that are commands. */
export function commandsIn(script: unknown): readonly string[] {
  const lines = Array.isArray(script) ? script.flat(2).map(String) : [String(script ?? '')];
  return lines
    .flatMap((line) => line.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** What is wrong with the commands of a job. */
export function excused(place: string, commands: readonly string[], all = false): Problem[] {
  return commands.flatMap((command) => {
    const isTest = all ? !/^echo\b/.test(command) : /\b(npm|npx|nx|vitest|node|tsc|biome)\b/.test(command);
    const leaves = /^exit 0\b/.test(command) || /^set \+e\b/.test(command);
    const excuse = isTest || leaves ? excuseOfScript(command) : undefined;
    return excuse === undefined
      ? []
      : [{ what: `${place} ${excuse}: \`${command}\``, todo: 'Let the job fail where the command fails.' }];
  });
}

/** Settings by which the cache is never asked; the nightly run says so by itself. */
export function cacheless(path: string, workflow: Yaml): Problem[] {
  const name = /(NX_SKIP_NX_CACHE|NX_DISABLE_NX_CACHE|--skip-nx-cache|--skipNxCache)/.exec(
    JSON.stringify(workflow),
  )?.[1];
  return name === undefined
    ? []
    : [
        {
          what: `${path} turns the cache off: ${name}`,
          todo: 'Take it out; the nightly run goes without the cache by itself.',
        },
      ];
}

/** Whether a condition never holds. */
export function isNever(condition: unknown): boolean {
  const text = String(condition ?? 'true')
    .replace(/^\s*\$\{\{|\}\}\s*$/g, '')
    .trim();
  return /^(false|!\s*true|0|''|"")$/.test(text) || /(^|[(\s])false\s*&&|&&\s*false\s*\)?$/.test(text);
}

/** The commands of WANTED that none of these runs. */
export function absent(place: string, commands: readonly string[]): Problem[] {
  return WANTED.filter(([pattern]) => !commands.some((command) => pattern.test(command))).map(([, what]) => ({
    what: `${place}: no job runs \`${what}\` on every push`,
    todo: `Add a step that runs it to ${/integration/.test(what) ? 'the job integration' : 'the job quick'}.`,
  }));
}
