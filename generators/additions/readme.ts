import type { Variable } from '../capabilities/variable.ts';

/** Where rows go: into the table whose first column has this heading, before the first row that matches. */
interface Place {
  readonly heading: string;
  readonly before: RegExp;
}

/** Adds rows to a table, those that it does not have yet; a README without the table stays as it is. */
function addRows(text: string, { heading, before }: Place, rows: readonly string[]): string {
  // A line of the headings, one of dashes, and the rows.
  const pattern = String.raw`^\|\s*${heading}\s*\|.*\r?\n\|[\s:|-]+\|[ \t]*\r?\n(?:\|.*(?:\r?\n|$))*`;
  const table = new RegExp(pattern, 'm').exec(text);
  if (table === null) {
    return text;
  }
  const known = new Set(firstCells(table[0]));
  const missing = rows.filter((row) => !firstCells(row).some((cell) => known.has(cell)));
  const next = table[0].match(new RegExp(before, 'm'));
  const place = table.index + (next?.index ?? table[0].length);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = missing.length === 0 || text[place - 1] === '\n' ? '' : newline;
  return text.slice(0, place) + gap + missing.map((row) => row + newline).join('') + text.slice(place);
}

/** Adds rows to the table of routes, before those of the orchestrator. */
export function addRoutes(text: string, rows: readonly string[]): string {
  return addRows(text, { heading: 'route', before: /^\|.*\/health\// }, rows);
}

function firstCells(table: string): readonly string[] {
  return [...table.matchAll(/^\|\s*(.*?)\s*\|/gm)].map(([, cell = '']) => cell);
}

/** Adds variables to the table of variables, and those that must be set to the command that runs the image. */
export function editReadme(text: string, variables: readonly Variable[]): string {
  const rows = variables.map(({ name, default: value, meaning }) => {
    return `| \`${name}\` |${value === '' ? '' : ` ${value}`} | ${meaning} |`;
  });
  const table = addRows(text, { heading: 'variable', before: /^\|\s*`HOST`/ }, rows);
  return variables.filter(({ example }) => example !== '').reduce(addToDockerRun, table);
}

/** Adds a paragraph before the table of variables; a README without the table, or with the paragraph, stays as it is. */
export function addNote(text: string, note: string): string {
  const place = /^\|\s*variable\s*\|/m.exec(text)?.index;
  if (place === undefined || text.replaceAll('\r\n', '\n').includes(note)) {
    return text;
  }
  const added = `${note}\n\n`.replaceAll('\n', text.includes('\r\n') ? '\r\n' : '\n');
  return text.slice(0, place) + added + text.slice(place);
}

function addToDockerRun(text: string, { name }: Variable): string {
  const command = /^docker run --publish \S+ (?:--env \w+ )*(?=\S+[ \t]*\r?$)/m.exec(text);
  if (command === null || command[0].includes(` ${name} `)) {
    return text;
  }
  const end = command.index + command[0].length;
  return `${text.slice(0, end)}--env ${name} ${text.slice(end)}`;
}
