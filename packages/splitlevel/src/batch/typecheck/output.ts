/** What `tsc --explainFiles` prints. */
export interface Output {
  /** In the order in which they are printed. */
  readonly errors: readonly CompilerError[];
  /** The files of the program by name. */
  readonly files: ReadonlyMap<string, ProgramFile>;
}

export interface CompilerError {
  readonly file: string;
  readonly code: number;
  /** All of its lines, with the last line's end. */
  readonly text: string;
}

/** A file of a program, and why it is there. */
export interface ProgramFile {
  /** The patterns of the configuration that match it. */
  readonly patterns: string[];
  /** The files that import or reference it. */
  readonly importers: string[];
  /** How they name it. */
  readonly names: Set<string>;
  /** Whether the options name it. */
  forAll: boolean;
  /** The name and version of the package that it belongs to, and its path there; undefined for what no package name leads to. */
  packageId?: string;
}

/** @returns undefined where the text is anything else than errors in files and, after them, all files with all reasons. */
export function parseOutput(text: string): Output | undefined {
  const lines = text.split('\n');
  if (lines.pop() !== '') {
    return undefined;
  }
  const start = lines.findIndex((line) => !line.startsWith('  ') && !ERROR.test(line));
  const errors = parseErrors(lines.slice(0, start));
  const files = parseFiles(lines.slice(start));
  const isWhole =
    start >= 0 &&
    files !== undefined &&
    errors?.every(({ file }) => files.has(file)) &&
    [...files.values()].every((file) => file.importers.every((name) => files.has(name)));
  return errors && files && isWhole ? { errors, files } : undefined;
}

const ERROR = /^(.+?)\(\d+,\d+\): error TS(\d+): /;

function parseErrors(lines: readonly string[]): CompilerError[] | undefined {
  const errors: { file: string; code: number; text: string }[] = [];
  for (const line of lines) {
    const [, file, code] = ERROR.exec(line) ?? [];
    const last = errors.at(-1);
    if (file !== undefined) {
      errors.push({ file, code: Number(code), text: `${line}\n` });
    } else if (last) {
      last.text += `${line}\n`;
    } else {
      return undefined;
    }
  }
  return errors;
}

const MATCHED = /^ {3}Matched by include pattern '(.+?)' in '.+'$/;
const IMPORTED =
  /^ {3}(?:Imported|Referenced|Type library referenced|Library referenced) via ['"](.+)['"] from file '((?:(?! from file ').)+?)'(?: with packageId '(.+?)')?(?: to import .+)?$/;
const FOR_ALL =
  /^ {3}(?:(?:Library|Entry point of type library) '.+' specified in compilerOptions|Default library(?: for target '.+')?)(?: with packageId '(.+)')?$/;
const FORMAT = /^ {3}File is (?:ECMAScript|CommonJS) module because /;

function parseFiles(lines: readonly string[]): Map<string, ProgramFile> | undefined {
  const files = new Map<string, ProgramFile>();
  let file: ProgramFile | undefined;
  for (const line of lines) {
    if (!line.startsWith('   ')) {
      if (files.has(line) || (file && !isExplained(file))) {
        return undefined;
      }
      file = { patterns: [], importers: [], names: new Set(), forAll: false };
      files.set(line, file);
    } else if (file === undefined || !addReason(file, line)) {
      return undefined;
    }
  }
  return file && isExplained(file) ? files : undefined;
}

function isExplained({ patterns, importers, forAll }: ProgramFile): boolean {
  return forAll || patterns.length > 0 || importers.length > 0;
}

/** @returns false where the line is no reason known here. */
function addReason(file: ProgramFile, line: string): boolean {
  const imported = IMPORTED.exec(line);
  const forAll = imported ? null : FOR_ALL.exec(line);
  const packageId = imported?.[3] ?? forAll?.[1];
  if (packageId !== undefined) {
    file.packageId = packageId;
  }
  if (imported?.[1] !== undefined && imported[2] !== undefined) {
    file.names.add(imported[1]);
    file.importers.push(imported[2]);
    return true;
  }
  if (forAll) {
    file.forAll = true;
    return true;
  }
  const pattern = MATCHED.exec(line)?.[1];
  if (pattern !== undefined) {
    file.patterns.push(pattern);
    return true;
  }
  return FORMAT.test(line);
}

/**
 * Errors that TypeScript tells only when it has checked all files. Where there is an error in a file's syntax or in what a
 * reference names, it tells those alone.
 */
const OF_CHECKED = new Set([
  2304, 2305, 2307, 2314, 2322, 2339, 2345, 2353, 2365, 2416, 2420, 2531, 2532, 2551, 2552, 2554, 2555, 2559, 2578,
  2722, 2739, 2740, 2741, 2769, 6133, 6192, 6196, 7005, 7006, 7016, 7031, 7053, 18_046, 18_047, 18_048,
]);

/** Whether a file without an error is known to have none. */
export function isComplete({ errors }: Output): boolean {
  return errors.length === 0 || errors.some(({ code }) => OF_CHECKED.has(code));
}
