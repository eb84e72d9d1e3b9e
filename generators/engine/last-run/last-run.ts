import { createHash } from 'node:crypto';

/** The last run that wrote: what `npx plop undo` needs to take it back. Plain data, kept as JSON. */
export interface LastRun {
  readonly generator: string;
  /** The folder or package of the run, as its report named it. */
  readonly folder: string;
  /** When it wrote, in ISO 8601. */
  readonly time: string;
  readonly files: readonly WrittenFile[];
  /** The outermost folders that it made, relative to the workspace. */
  readonly folders: readonly string[];
  /** The files whose conflicts it entered in git's index. */
  readonly conflicts?: readonly string[];
  /** It wrote outside of the workspace, and no file of it is known. */
  readonly elsewhere?: true;
}

/** One file that a run created, edited, moved or removed. */
export interface WrittenFile {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  /** Where a file that was moved was before. */
  readonly from?: string;
  /** The file before the run, at `from` if it was moved; null where there was none. */
  readonly before: KeptFile | null;
  /** The file as the run left it; null where it left none. */
  readonly after: FileState | null;
}

/** A file of which all is known. */
export interface KeptFile {
  /** The bytes, in base64. */
  readonly content: string;
  readonly mode: number;
}

/** As much of a file as tells whether it has changed. */
export interface FileState {
  /** SHA-256 of the bytes, in hexadecimal. Other line ends are a change, since they would be lost. */
  readonly hash: string;
  /** Whether its owner may execute it: git knows no other permission. */
  readonly executable: boolean;
}

/** The state of a path: a file, null for nothing, or a word for a folder, a symlink and the like. */
export type Present = FileState | null | 'not a file';

/** The state of a file with these bytes and this mode. */
export function stateOf(content: Buffer, mode: number): FileState {
  return { hash: createHash('sha256').update(content).digest('hex'), executable: (mode & 0o100) !== 0 };
}

/** The bytes of a file that was kept. */
export function bytesOf({ content }: KeptFile): Buffer {
  return Buffer.from(content, 'base64');
}

/** What was, or was left, at each path that a file of a run touches. */
export function statesOf(
  { path, from, before, after }: WrittenFile,
  when: 'before' | 'after',
): readonly (readonly [path: string, state: FileState | null])[] {
  if (when === 'after') {
    return [[path, after], ...(from === undefined ? [] : [[from, null] as const])];
  }
  const was = before && stateOf(bytesOf(before), before.mode);
  return from === undefined ? [[path, was]] : [[path, null] as const, [from, was] as const];
}

/** Whether this is at a path. */
export function isAt(state: FileState | null, present: Present): boolean {
  if (state === null || present === null || present === 'not a file') {
    return state === present;
  }
  return state.hash === present.hash && state.executable === present.executable;
}

/**
 * Whether a run of which nobody knows if it came to its end was taken back: all is as before it. Of a run that wrote
 * elsewhere this is never known.
 */
export function wasTakenBack({ files }: LastRun, presentAt: (path: string) => Present): boolean {
  const before = files.flatMap((file) => statesOf(file, 'before'));
  return files.length > 0 && before.every(([path, state]) => isAt(state, presentAt(path)));
}

/** The run with a file that its installation changed. One that the run itself wrote stays what it was before the run. */
export function withInstalled(run: LastRun, installed: WrittenFile, asItWas: FileState | null): LastRun {
  const known = run.files.find(({ path }) => path === installed.path);
  if (known === undefined) {
    return { ...run, files: [...run.files, installed] };
  }
  // Somebody has changed it since the run: that would be lost.
  if (!isAt(known.after, asItWas)) {
    return run;
  }
  return { ...run, files: run.files.map((file) => (file === known ? { ...known, after: installed.after } : file)) };
}

/** Parses a stored run. Returns undefined if the text is not one. */
export function parseLastRun(text: string): LastRun | undefined {
  try {
    const run = JSON.parse(text) as Partial<LastRun>;
    const { generator, folder, time, files, folders } = run;
    const isRun = [generator, folder, time].every((each) => typeof each === 'string');
    return isRun && Array.isArray(files) && Array.isArray(folders) ? (run as LastRun) : undefined;
  } catch {
    return undefined;
  }
}
