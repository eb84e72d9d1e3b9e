import { stripVTControlCharacters } from 'node:util';
import type { VitestReport } from './durations.ts';
import type { TaskRecord } from './run-nx.ts';
import { integrationTarget, quickTargets } from './targets.ts';

const SLOWEST = 10;
/** Below this a test is shown as 0.0 s, and is not slow. */
const SLOW_FROM_MS = 50;
/** Characters of a test's name that are shown: a value in it may be long. */
const NAME = 120;
/** Characters of a failure that are shown; the log has it whole. */
const FAILURE = 1500;

export interface Results {
  /** The occasions that the machines reported. */
  readonly occasions: readonly string[];
  readonly tasks: readonly TaskRecord[];
  /** What became of each run of Nx that failed where no task did. */
  readonly endings: readonly string[];
  readonly tests: readonly VitestReport[];
  /** How many failed tests left something in their servers. */
  readonly left: number;
}

/** The summary of a run, in Markdown. */
export function summarise({ occasions, tasks, endings, tests, left }: Results): string {
  const cases = tests.flatMap(({ testResults }) =>
    testResults.flatMap((file) => file.assertionResults.map((one) => ({ ...one, path: file.name }))),
  );
  const parts = [
    `## ${verdict(tasks, endings)}`,
    ...endings,
    ...occasions,
    table(tasks),
    servers(tasks),
    section('Failed tests', cases.filter(({ status }) => status === 'failed').map(failure)),
    left > 0
      ? `What failed tests left in their servers is in \`left/\` of the reports: ${left} of them left something.`
      : '',
    section(
      'Slowest tests',
      cases
        .filter(({ duration }) => (duration ?? 0) >= SLOW_FROM_MS)
        .sort((a, b) => (b.duration ?? 0) - (a.duration ?? 0))
        .slice(0, SLOWEST)
        .map(({ duration, fullName, path }) => `- ${seconds((duration ?? 0) / 1000)} ${plain(fullName)} (${path})`),
    ),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function verdict(tasks: readonly TaskRecord[], endings: readonly string[]): string {
  if (endings.length > 0) {
    return 'Nx itself failed';
  }
  if (tasks.length === 0) {
    return 'Nothing had to run';
  }
  const count = (status: TaskRecord['status']) => tasks.filter((task) => task.status === status).length;
  const failed = count('failed');
  const rest = `${count('ran') + failed} ran, ${count('cached')} answered by the cache`;
  return failed > 0 ? `${failed} failed: ${rest}` : `Passed: ${rest}`;
}

function table(tasks: readonly TaskRecord[]): string {
  if (tasks.length === 0) {
    return '';
  }
  const targets = [...quickTargets, integrationTarget];
  const projects = [...new Set(tasks.map(({ id }) => id.split(':')[0] as string))].sort();
  const cell = (project: string, target: string) => {
    const found = tasks.filter(({ id }) => id === `${project}:${target}`);
    if (found.length === 0) {
      return '';
    }
    const time = seconds(found.reduce((sum, task) => sum + task.seconds, 0));
    if (found.some(({ status }) => status === 'failed')) {
      return `**failed** ${time}`;
    }
    return found.every(({ status }) => status === 'cached') ? 'cache' : time;
  };
  return [
    `| package | ${targets.join(' | ')} |`,
    `| --- | ${targets.map(() => '---').join(' | ')} |`,
    ...projects.map((project) => `| ${project} | ${targets.map((target) => cell(project, target)).join(' | ')} |`),
  ].join('\n');
}

function servers(tasks: readonly TaskRecord[]): string {
  const used = tasks.flatMap(({ id, servers: own }) => own.map((server) => `- ${id.split(':')[0]}: ${server}`));
  return used.length === 0 ? 'No server was needed.' : section('Servers', used);
}

function failure({
  fullName,
  path,
  failureMessages,
}: {
  fullName: string;
  path: string;
  failureMessages?: readonly string[] | null;
}) {
  const text = stripVTControlCharacters((failureMessages ?? []).join('\n')).replaceAll('```', "'''");
  const shown = text.length > FAILURE ? `${text.slice(0, FAILURE)}\n…` : text;
  return `- ${plain(fullName)} (${path})\n\n\`\`\`\n${shown}\n\`\`\`\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `### ${title}\n\n${lines.join('\n')}`;
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

/** Names of tests are text, whatever is in them. */
function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const shown = line.length > NAME ? `${line.slice(0, NAME)}…` : line;
  return shown.replace(/[\\`*_[\]<>|#]/g, '\\$&');
}
