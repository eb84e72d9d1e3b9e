/** What Biome says of one folder. */
export interface Verdict {
  readonly success: boolean;
  /** The lines of its problems, as Biome prints them for the folder alone, and a summary. */
  readonly output: string;
}

/**
 * Tells folders apart in what Biome prints with `--reporter=concise --verbose`: the names of files on standard output,
 * problems on standard error.
 * @param folders relative to where Biome ran, `/` between; `.` stands for what is in none of `projects`.
 * @param projects the folders of all projects.
 * @returns undefined where it came to look at no file, as with settings that are wrong.
 */
export function readReport(
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  folders: readonly string[],
  projects: readonly string[],
): ReadonlyMap<string, Verdict> | undefined {
  const [, list] = stdout.split(/^\s*i Files processed:$/m);
  if (list === undefined) {
    return undefined;
  }
  const files = list.split('\n').flatMap((line) => /^ {2}- (.+)$/.exec(line)?.[1] ?? []);
  const lines = stderr.split('\n');
  return new Map(folders.map((folder) => [folder, verdictOn(folder, files, lines, insideOf(folder, projects))]));
}

/** Whether a text has a path of a folder at a position. */
type Inside = (text: string, at: number) => boolean;

function insideOf(folder: string, projects: readonly string[]): Inside {
  const others = projects.filter((each) => each !== '.');
  return folder === '.'
    ? (text, at) => !others.some((each) => text.startsWith(`${each}/`, at))
    : (text, at) => text.startsWith(`${folder}/`, at);
}

function verdictOn(folder: string, files: readonly string[], lines: readonly string[], inside: Inside): Verdict {
  const count = files.filter((path) => inside(path, 0)).length;
  if (count === 0) {
    return { success: false, output: `${folder}: no file was checked. Does biome.json leave all of them out?\n` };
  }
  const own = lines.filter((line) => /^[×!iℹ] \S/.test(line) && inside(line, 2));
  const problems = [
    [own.filter((line) => line.startsWith('× ')).length, 'error'],
    [own.filter((line) => line.startsWith('! ')).length, 'warning'],
  ] as const;
  const found = problems.filter(([number]) => number > 0).map(([number, name]) => ` Found ${counted(number, name)}.`);
  return {
    success: found.length === 0,
    output: [...own, `Checked ${counted(count, 'file')}.${found.join('')}`, ''].join('\n'),
  };
}

/** `1 error`, `2 errors` */
function counted(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}
