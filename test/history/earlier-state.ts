/** What the generators of one commit of this repository made. */
export interface EarlierState {
  /** The subject of the commit. */
  readonly name: string;
  /** When it was committed, in UTC: `2026-11-28T04:13:18Z`. */
  readonly date: string;
  /** The standard's version. */
  readonly version: string;
  readonly packages: readonly EarlierPackage[];
}

export interface EarlierPackage {
  readonly name: string;
  /** Where it is in the repository: `packages/orders`. */
  readonly folder: string;
  /** The run that made it, then those that added to it, in their order. */
  readonly runs: readonly EarlierRun[];
  /** The files after all runs, by path in the package and in the order of paths. */
  readonly files: ReadonlyMap<string, EarlierFile>;
}

/** A run of a generator, as it was recorded at the time. */
export interface EarlierRun {
  readonly generator: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** Each file that it made or changed, as it was right after it; undefined if it removed the file. */
  readonly files: ReadonlyMap<string, EarlierFile | undefined>;
}

export interface EarlierFile {
  readonly content: Buffer;
  readonly mode: '100644' | '100755';
}

/** A package after its runs. */
export function packageOf(name: string, runs: readonly EarlierRun[]): EarlierPackage {
  const files = new Map<string, EarlierFile>();
  for (const [path, file] of runs.flatMap((run) => [...run.files])) {
    if (file === undefined) {
      files.delete(path);
    } else {
      files.set(path, file);
    }
  }
  return { name, folder: `packages/${name}`, runs, files: new Map(byPath([...files])) };
}

/** Sorted by path; equal paths stay in their order. */
export function byPath<T>(entries: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return entries.toSorted(([left], [right]) => (left === right ? 0 : left < right ? -1 : 1));
}
