/** What `npx plop update --json` prints, as far as it is read here. */
export interface UpdateOutcome {
  readonly exitCode: number;
  /** Absent where nothing could be written. */
  readonly result?: 'written' | 'unchanged' | 'dry-run';
  readonly files?: readonly { readonly path: string; readonly fate: string; readonly from?: string }[];
  readonly notes?: readonly string[];
  readonly error?: string;
  readonly remedy?: string;
  readonly conflicts?: readonly { readonly path: string; readonly explanation: string }[];
}

/** Files, conflicts and notes that are listed: forges refuse a comment of more than 65,536 characters. */
const MOST = 100;
/** Characters that are shown of an error, whose end says most. */
const ERROR = 8000;

/** The fates of files that are no change. */
const STAYS = ['unchanged', 'kept'];

/** What a pull request is told about an update, as Markdown: what was updated, its conflicts, or why nothing was written. */
export function updateText(outcome: UpdateOutcome): string {
  const { result, files = [], notes = [], error, remedy, conflicts = [] } = outcome;
  const changed = files.filter(({ fate }) => !STAYS.includes(fate));
  const failure = conflicts.length === 0 && error !== undefined ? [fenced(error), remedy ?? ''] : [];
  const parts = [
    `## ${headline(outcome)}`,
    ...failure,
    conflicts.length === 0 ? '' : CONFLICTS,
    listed(conflicts.map(({ path, explanation }) => `${code(path)}: ${plain(explanation)}`)),
    notes.length === 0 ? '' : '### Notes',
    listed(notes.map(plain)),
    result === 'written'
      ? folded(changed.length === 1 ? '1 file' : `${changed.length} files`, changed.map(fateOf))
      : '',
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

const CONFLICTS =
  'You and the template changed the same lines. Both versions stand in these files between conflict markers, with what was generated between them. Check out this branch, resolve each, and push:';

function headline({ result, error, conflicts = [] }: UpdateOutcome): string {
  if (conflicts.length > 0) {
    return `What was generated is updated, with ${conflicts.length === 1 ? 'a conflict' : `${conflicts.length} conflicts`}`;
  }
  if (result === 'written') {
    return error === undefined ? 'What was generated is updated' : 'What was generated is updated, but not all is done';
  }
  return result === 'unchanged' ? 'What was generated is up to date' : 'What was generated could not be updated';
}

function fateOf({ path, fate, from }: NonNullable<UpdateOutcome['files']>[number]): string {
  return from === undefined ? `${fate} ${code(path)}` : `${fate} ${code(from)} to ${code(path)}`;
}

function listed(lines: readonly string[]): string {
  const more = lines.length > MOST ? [`and ${lines.length - MOST} more`] : [];
  return [...lines.slice(0, MOST), ...more].map((line) => `- ${line}`).join('\n');
}

function folded(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `<details><summary>${title}</summary>\n\n${listed(lines)}\n\n</details>`;
}

/** Text in a block that ends at nothing in it. */
function fenced(text: string): string {
  const fence = fenceOf(text, 3);
  return `${fence}text\n${text.slice(-ERROR)}\n${fence}`;
}

function code(text: string): string {
  const fence = fenceOf(text, 1);
  const space = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** More backticks in a row than there are in the text. */
function fenceOf(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/** One line that is no markup, and mentions nobody. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\<>*_[\]#|~]/g, '\\$&')
    .replaceAll('@', '@\u200b');
}
