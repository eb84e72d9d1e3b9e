import { CATCHERS, type Catcher, countLevels, needlessTests, survivorsOf, type Tried } from './levels-of.ts';
import { lineAt } from './mutants/mutant.ts';
import type { Level, Look } from './trial/messages.ts';

/** What was found out about a package. */
export interface Findings {
  readonly packageName: string;
  readonly all: readonly Tried[];
  readonly looks: Readonly<Partial<Record<Level, Look>>>;
  readonly seconds: number;
  /** How many verdicts are of earlier runs. */
  readonly remembered: number;
  readonly textOf: (path: string) => string;
}

const COSTS = [
  '',
  'little more than words',
  'little',
  'a wrong answer to some',
  'a wrong answer, or none when something fails',
  'data lost or wrong for good',
];
const SNIPPET = 70;

/** The report as Markdown: a table of the levels, the survivors, the tests that catch nothing of their own. */
export function reportAsText({ packageName, all, looks, seconds, remembered, textOf }: Findings): string {
  const counts = [...countLevels(all)];
  const tried = all.length - sum(counts.map(([, each]) => each.untried));
  const share = `${tried} of ${all.length} mutants (${percent(tried, all.length)}), in ${Math.round(seconds)} s${remembered > 0 ? `, with ${remembered} verdicts of earlier runs` : ''}`;
  const names: readonly Catcher[] = CATCHERS;
  const row = (kind: string, values: Readonly<Record<Catcher, number>>) =>
    `| ${[kind, sum(Object.values(values)), ...names.map((name) => values[name])].join(' | ')} |`;
  const total = Object.fromEntries(
    names.map((name) => [name, sum(counts.map(([, values]) => values[name]))]),
  ) as Record<Catcher, number>;
  const levels = (['unit', 'integration'] as const).flatMap((level) => {
    const look = looks[level];
    const needless = look === undefined ? [] : needlessTests(level, look, all);
    if (needless === undefined) {
      return ['', `Which ${level} tests catch nothing of their own is not known: they were not asked of all mutants.`];
    }
    const title = `## ${capital(level)} tests that catch no mutant that others do not: ${needless.length} of ${look?.tests.length}`;
    return needless.length === 0 ? [] : ['', title, '', ...needless.map(({ file, name }) => `- \`${file}\`: ${name}`)];
  });
  return [
    `# Levels of ${packageName}`,
    '',
    `${share}. ${tried < all.length ? 'What was tried is a sample, the same each time for the same code.' : ''}`.trim(),
    '',
    `| kind | mutants | ${names.join(' | ')} |`,
    `| --- | ${['', ...names].map(() => '---:').join(' | ')} |`,
    ...counts.map(([kind, values]) => row(kind, values)),
    row('all', total),
    ...survivors(all, textOf),
    ...levels,
    '',
  ].join('\n');
}

function survivors(all: readonly Tried[], textOf: (path: string) => string): readonly string[] {
  const survived = survivorsOf(all);
  if (survived.length === 0) {
    return [];
  }
  const byCost = [...Map.groupBy(survived, ({ mutant }) => mutant.cost)];
  return [
    '',
    `## Caught by none: ${survived.length}`,
    ...byCost.flatMap(([cost, own]) => [
      '',
      `### ${capital(COSTS[cost] ?? '')}: ${own.length}`,
      '',
      ...own.map(({ mutant, unit, integration }) => {
        const text = textOf(mutant.path);
        const reached = [unit, integration].some((verdict) => verdict?.outcome === 'survived');
        const change = `\`${snippet(text.slice(mutant.start, mutant.end))}\` → ${mutant.replacement === '' ? 'nothing' : `\`${snippet(mutant.replacement)}\``}`;
        return `- \`${mutant.path}:${lineAt(text, mutant.start)}\` ${mutant.what}: ${change}${reached ? '' : ' (no test reaches it)'}`;
      }),
    ]),
  ];
}

/** The same for programs. */
export function reportAsJson({ packageName, all, looks, seconds, textOf }: Findings): string {
  return JSON.stringify({
    package: packageName,
    seconds,
    counts: Object.fromEntries(countLevels(all)),
    survivors: survivorsOf(all).map(({ mutant }) => ({ ...mutant, line: lineAt(textOf(mutant.path), mutant.start) })),
    needless: Object.fromEntries(
      Object.entries(looks).map(([level, look]) => [
        level,
        needlessTests(level as Level, look, all)?.map(({ file, name }) => ({ file, name })),
      ]),
    ),
  });
}

function snippet(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length > SNIPPET ? `${line.slice(0, SNIPPET - 1)}…` : line;
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((100 * part) / whole)} %`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
