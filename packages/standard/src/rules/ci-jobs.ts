import { asNpm } from '@splitlevel/generators/engine';
import type { Problem } from '../finding.ts';
import { excuseOfScript } from './excuses.ts';

/** Commands that a workflow must run, and their names in findings. */
const WANTED: readonly (readonly [command: RegExp, what: string])[] = [
  [/^(\w+=\S*\s+)*npm run (--silent )?ci -- quick\b(?!.*\s--help\b)/, 'npm run ci -- quick'],
  [/^(\w+=\S*\s+)*npm run (--silent )?ci -- integration\b(?!.*\s--help\b)/, 'npm run ci -- integration'],
  [/^(\w+=\S*\s+)*npm run (--silent )?standard\b/, 'npm run standard'],
];

/** Commands that run a tool of the tests. */
const TOOLS = /\b(npm|npx|nx|vitest|node|tsc|biome)\b/;

export type Yaml = Readonly<Record<string, unknown>>;

/** The lines of a script that are commands, in terms of npm whichever package manager they call. */
export function commandsIn(script: unknown): readonly string[] {
  const lines = Array.isArray(script) ? script.flat(2).map(String) : [String(script ?? '')];
  return lines
    .flatMap((line) => line.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => asNpm(line.trim()))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Finds commands of a job that pass where something fails. */
export function excused(
  place: string,
  commands: readonly string[],
  { all = false, pipefail = true }: { readonly all?: boolean; readonly pipefail?: boolean } = {},
): Problem[] {
  return commands.flatMap((command, index) => {
    const isTest = all ? !/^echo\b/.test(command) : TOOLS.test(command);
    const leaves = /^exit 0\b/.test(command) || /^set \+e\b/.test(command);
    const excuse =
      isTest || leaves ? (excuseOfScript(command) ?? hidden(command, index, commands, pipefail)) : undefined;
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

/** How the shell loses the failure of a tool that is not the last of its line. */
function hidden(command: string, index: number, commands: readonly string[], pipefail: boolean): string | undefined {
  const parts = command.split(/(\|\||&&|\|)/);
  const lost = (operator: string) => parts.some((part, at) => parts[at + 1] === operator && TOOLS.test(part));
  const isSet = pipefail || commands.slice(0, index).some((each) => /^set .*\bpipefail\b/.test(each));
  if (lost('|') && !isSet) {
    return 'passes where what it is piped into passes (without pipefail)';
  }
  const isAlone = index < commands.length - 1 && !/^(if|elif|while|until)\b/.test(command);
  return lost('&&') && isAlone ? 'goes on where what stands before && fails' : undefined;
}
