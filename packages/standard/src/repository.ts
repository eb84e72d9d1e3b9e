import type { ObservedRun } from '@splitlevel/guards/observed-run';
import type { Answer } from './effects/ask.ts';

/** All that the rules look at: plain data, read once. */
export interface Repository {
  readonly packages: readonly Package[];
  /** nx.json, parsed. */
  readonly nx: NxConfiguration;
  /** The tasks as Nx resolves them. */
  readonly tasks: Answer<NxTasks>;
  /** Which tests Vitest runs, in which suite. */
  readonly suites: Answer<Suites>;
  /** The outcomes of the faults that were sent through the targets, by name: refused, passed, or why it is unknown. */
  readonly faults: Answer<ReadonlyMap<string, string>>;
  /** images.json, parsed. */
  readonly images: Readonly<Record<string, string>>;
  readonly lockfile: Lockfile;
  /** Contents of files outside of packages: of CI, biome.json, .env. By path. */
  readonly rootTexts: ReadonlyMap<string, string>;
  /** A run of all unit tests under the guard. */
  readonly unitRun: Pick<ObservedRun, 'files' | 'observations' | 'alive' | 'exitCode' | 'output'>;
  /** The folders that a generator made. */
  readonly generated: readonly GeneratedFolder[];
  /** The workspace's replacements of the standard's own parts: paths of generators and templates. */
  readonly replaced: readonly string[];
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
  /** Its TypeScript and JavaScript as far as rules ask, by path. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Contents of its other files that the rules read: compose files and the like. */
  readonly texts: ReadonlyMap<string, string>;
  /** The compiler's reading of its tsconfig.json; undefined where there is none. */
  readonly compiler: Compiler | undefined;
}

export interface Manifest {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly nx?: {
    readonly implicitDependencies?: readonly string[];
    readonly namedInputs?: Readonly<Record<string, readonly unknown[]>>;
    readonly targets?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
}

export interface NxConfiguration {
  readonly namedInputs?: Readonly<Record<string, readonly unknown[]>>;
  readonly targetDefaults?: Readonly<Record<string, TargetDefault>>;
  readonly tasksRunnerOptions?: unknown;
}

export interface TargetDefault {
  readonly command?: string;
  readonly executor?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly cache?: boolean;
  readonly inputs?: readonly unknown[];
  readonly outputs?: readonly string[];
  readonly dependsOn?: readonly unknown[];
}

/** The tasks by `project:target`, and the projects that each depends on. */
export interface NxTasks {
  readonly tasks: Readonly<Record<string, Task>>;
  readonly edges: Readonly<Record<string, readonly string[]>>;
}

/** A task as Nx resolves it. */
export interface Task {
  readonly executor: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly cache: boolean;
  readonly outputs: readonly string[];
  readonly dependsOn: readonly unknown[];
  /** The parts of its hash: paths from the workspace, npm packages, commands. Empty where it is not cached. */
  readonly files: readonly string[];
  readonly external: readonly string[];
  readonly runtime: readonly string[];
}

/** Paths are from the workspace. */
export interface Suites {
  /** The projects that run a test file. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
  /** By suite: files that the configuration has and the command of nx.json leaves out. */
  readonly left: Readonly<Record<string, readonly string[]>>;
  /** Settings by which what fails may pass. */
  readonly loose: readonly string[];
}

export interface Compiler {
  readonly options: Readonly<Record<string, unknown>>;
  /** Paths relative to the folder. */
  readonly files: ReadonlySet<string>;
  /** Why the configuration cannot be read. */
  readonly problem?: string;
}

export interface Lockfile {
  /** Its name, for findings. */
  readonly file: string;
  /** By path, `packages/orders/node_modules/pg`: what lies there. Undefined where this file is not read. */
  readonly entries: Readonly<Record<string, LockEntry>> | undefined;
}

export interface LockEntry {
  readonly version?: string;
  readonly link?: boolean;
}

/** The doings of a file of code, as far as they can be told without running it. */
export interface Source {
  /** Specifiers of what it imports for more than types. */
  readonly imports: readonly string[];
  /** Every specifier in it, those of types too, with its line. */
  readonly references: readonly Reference[];
  /** Names of what it calls: `fetch`, `app.listen`, `postgres`. */
  readonly calls: ReadonlySet<string>;
  /** Modules, and ways to the network, that it replaces. */
  readonly mocks: readonly Place[];
  /** Images of containers that it names. */
  readonly images: readonly Place[];
  /** Tests that it skips, or runs alone. */
  readonly skips: readonly Place[];
  /** Tests that it defines when it is loaded. */
  readonly tests: readonly Place[];
  /** Comments that switch a tool off for the whole file. */
  readonly silences: readonly Place[];
  /** Strings in it that may be an image: `name:tag`. */
  readonly literals: readonly Place[];
  /** Whether its tests are made by the testkit from what `needs.ts` says. */
  readonly createsTest: boolean;
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

/**
 * A folder that a generator made: each file as it was made, as it is, and as the template makes it today, by hashes.
 */
export interface GeneratedFolder {
  readonly package: string;
  readonly folder: string;
  readonly generator: string;
  /** The standard's version that it was made by. */
  readonly version: string;
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
