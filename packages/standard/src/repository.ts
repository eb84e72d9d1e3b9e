import type { ObservedRun } from '../../testkit/src/guards/observed-run.ts';

/** All that the rules look at: plain data, read once. */
export interface Repository {
  readonly packages: readonly Package[];
  /** nx.json, parsed. */
  readonly nx: NxConfiguration;
  /** images.json, parsed. */
  readonly images: Readonly<Record<string, string>>;
  /** Test files that no suite runs, one sentence each, beginning with the path. */
  readonly misplaced: readonly string[];
  /** A run of all unit tests under the guard. */
  readonly unitRun: Pick<ObservedRun, 'files' | 'observations' | 'exitCode' | 'output'>;
  /** What was made by a generator. */
  readonly generated: readonly GeneratedFolder[];
}

/** A package, or the workspace itself, whose folder is '.'. */
export interface Package {
  /** Its project's name. */
  readonly name: string;
  /** Relative to the workspace, with slashes. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Paths relative to the folder. */
  readonly files: readonly string[];
  /** What the rules ask of its TypeScript, by path. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Texts of its other files that the rules read: tsconfig.json, compose files. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly nx?: {
    readonly implicitDependencies?: readonly string[];
    readonly namedInputs?: Readonly<Record<string, readonly unknown[]>>;
    readonly targets?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

export interface NxConfiguration {
  readonly namedInputs?: Readonly<Record<string, readonly unknown[]>>;
  readonly targetDefaults?: Readonly<
    Record<string, { readonly cache?: boolean; readonly inputs?: readonly unknown[] }>
  >;
}

/** What a TypeScript file does, as far as it can be told without running it. */
export interface Source {
  /** Specifiers of what it imports for more than types. */
  readonly imports: readonly string[];
  /** Every specifier in it, those of types too, with its line. */
  readonly references?: readonly Reference[];
  /** Names of what it calls: `fetch`, `app.listen`, `postgres`. */
  readonly calls: ReadonlySet<string>;
  /** Modules that it mocks. */
  readonly mocks: readonly Place[];
  /** Images of containers that it names. */
  readonly images: readonly Place[];
}

/** A specifier of another module. */
export interface Reference extends Place {
  readonly isType: boolean;
}

/** Something in a file. */
export interface Place {
  readonly text: string;
  readonly line: number;
}

/** A folder that a generator made: each file as it was made, as it is, and as the template makes it today, by hashes. */
export interface GeneratedFolder {
  readonly package: string;
  readonly folder: string;
  readonly generator: string;
  /** Files that are not held against the template: the owner has taken them over, or a later run has edited them. */
  readonly owned: readonly string[];
  /** Why what the template makes today is not known, or undefined. */
  readonly problem: string | undefined;
  readonly files: readonly GeneratedFile[];
}

export interface GeneratedFile {
  /** Relative to the folder. */
  readonly path: string;
  /** Undefined: the template did not make it then. */
  readonly made: string | undefined;
  /** Undefined: it is not there. */
  readonly now: string | undefined;
  /** Undefined: the template does not make it today. */
  readonly today: string | undefined;
}
