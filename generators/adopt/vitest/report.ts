/** The settings of a project on which its test files depend. Paths are relative to the package. */
export interface ProjectSettings {
  readonly name: string;
  /** Its root, which is the working directory that its tests rely on. */
  readonly root: string;
  readonly globals: boolean;
  /** `find` is a string or the source and flags of a RegExp. */
  readonly aliases: readonly AliasSetting[];
  /** Files of the package, and modules of packages. */
  readonly setupFiles: readonly string[];
  readonly environment: string;
  readonly env: Readonly<Record<string, string>>;
  /** Those of restoreMocks, clearMocks, mockReset, unstubEnvs and unstubGlobals that are on, and are off by default. */
  readonly mocks: readonly string[];
  /** Names of its own Vite plugins. */
  readonly plugins: readonly string[];
  readonly browser: boolean;
}

export interface AliasSetting {
  readonly find: string | { readonly source: string; readonly flags: string };
  readonly replacement: string;
  readonly inPackage: boolean;
}

/** The outcome of a test file. */
export interface FileReport {
  /** The project that ran it. */
  readonly project: string;
  readonly passed: boolean;
  /** How many tests it has; skipped ones do not count. */
  readonly tests: number;
  /** The messages of its failures, without stacks. */
  readonly failures: readonly string[];
}

/** The report of the process that runs Vitest. */
export interface VitestReport {
  /** By path, relative to the root of the run. */
  readonly files: Readonly<Record<string, FileReport>>;
  /** Errors that belong to no file. */
  readonly errors: readonly string[];
  readonly projects: readonly ProjectSettings[];
  /** The keys that the author's configuration has, as `test.globals` or `resolve.alias`. */
  readonly keys: readonly string[];
  /** The configuration files that were read, relative to the package. */
  readonly configFiles: readonly string[];
}

/** Its report where Vitest could not be started, as with a configuration that cannot be loaded. */
export interface VitestProblem {
  readonly problem: string;
}

/** The order to the process that runs Vitest, on its command line as JSON. */
export interface VitestOrder {
  /** Absolute. Vitest's root, and relative to it the paths of the report. */
  readonly root: string;
  /** Where the report goes. */
  readonly report: string;
  /** Flags of the author's script, as Vitest reads them. */
  readonly flags: readonly string[];
  readonly project?: string;
  /** Paths that test files begin with. */
  readonly filters: readonly string[];
  /** A file that runs before each test file, absolute. */
  readonly guard?: string;
  /** Set-up for the whole run, absolute. */
  readonly globalSetup?: string;
}
