import type { Finding } from './finding.ts';
import { newerTemplates } from './newer.ts';
import type { Repository } from './repository.ts';
import { rules } from './rules/rules.ts';

/** The result as one JSON object. */
export function reportAsJson({ packages, ...repository }: Repository, findings: readonly Finding[]): string {
  return JSON.stringify({
    ok: findings.length === 0,
    rules: rules.map(({ name, asks }) => ({ name, asks })),
    information: informationOf(repository),
    packages: packages.map(({ name, folder }) => ({
      name,
      folder,
      findings: findings
        .filter((finding) => finding.package === name)
        .map(({ rule, what, todo }) => ({ rule, what, todo })),
    })),
  });
}

/**
 * The result for a person: what is asked, a line for each package, then each departure with what to do.
 * @param width of the terminal; the table needs 40 columns, and sentences are wrapped.
 */
export function reportAsText(
  { packages, ...repository }: Repository,
  findings: readonly Finding[],
  width: number,
): string {
  const names = packages.map(({ name }) => name);
  const column = Math.max(...['package', ...names].map((name) => Math.min(name.length, 24))) + 2;
  const rows = names.map((name) => {
    const own = findings.filter((finding) => finding.package === name);
    const broken = rules.filter((rule) => own.some((finding) => finding.rule === rule.name));
    const counts = broken.map(({ name: rule }) => `${rule} ${own.filter((finding) => finding.rule === rule).length}`);
    const score = `${rules.length - broken.length}/${rules.length}`;
    return `${cut(name, column - 2).padEnd(column)}${score.padEnd(7)}${counts.length === 0 ? 'all holds' : indent(counts.join(', '), column + 7, width)}`;
  });
  const details = names.flatMap((name) => {
    const own = findings.filter((finding) => finding.package === name);
    return own.length === 0 ? [] : ['', name, ...own.flatMap((finding) => detail(finding, width))];
  });
  const asked = rules.map(({ name, asks }) => `  ${name.padEnd(9)} ${indent(asks, 12, width)}`);
  const verdict =
    findings.length === 0
      ? 'The repository keeps to the standard.'
      : `${findings.length} ${findings.length === 1 ? 'departure' : 'departures'} from the standard.`;
  const head = `${'package'.padEnd(column)}${'holds'.padEnd(7)}departures`;
  const told = informationOf(repository).map((line) => `  ${indent(line, 4, width)}`);
  const information = told.length === 0 ? [] : ['', 'To know, and no departure:', ...told];
  return ['What the standard asks:', ...asked, '', head, ...rows, ...details, ...information, '', verdict].join('\n');
}

/** Sentences about what is not a departure. */
function informationOf({
  generated,
  replaced,
  lockfile,
}: Pick<Repository, 'generated' | 'replaced' | 'lockfile'>): readonly string[] {
  return [
    ...newerTemplates({ generated }),
    ...replaced.map((path) => `${path} takes the place of the one of Splitlevel`),
    ...(lockfile.entries === undefined
      ? [`${lockfile.file} is not read: a second version of a library that stands in it alone is not told`]
      : []),
  ];
}

function detail({ rule, what, todo }: Finding, width: number): readonly string[] {
  return [`  ${rule.padEnd(9)} ${indent(what, 12, width)}`, `          ${indent(`→ ${todo}`, 12, width)}`];
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** The words in lines that fit behind an indentation; a word that is longer has a line of its own. */
function indent(text: string, by: number, width: number): string {
  const room = Math.max(20, width - by);
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line === '') {
      lines[lines.length - 1] = word;
    } else if (line.length + 1 + word.length <= room) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.join(`\n${' '.repeat(by)}`);
}
