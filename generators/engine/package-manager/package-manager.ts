/** A package manager, as far as anything here depends on which one it is. All commands are for a repository's root. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  /** As `packageManager` of a new repository's package.json has it; undefined: it comes with Node. */
  readonly version: string | undefined;
  readonly lockfile: string;
  /** The file that has the patterns of workspace packages. */
  readonly workspacesFile: 'package.json' | 'pnpm-workspace.yaml';
  /** The version by which a package depends on another one of the workspace. */
  readonly workspaceVersion: '*' | 'workspace:*';
  /** Whether `node` of the registry can be installed, so that tests run on it whatever the machine has. */
  readonly installsNode: boolean;
  readonly commands: Commands;
  /** The field of package.json that says which install scripts run; undefined: it is not there that it is said. */
  scriptsField(scripts: InstallScripts): Readonly<Record<string, unknown>> | undefined;
  readonly ci: ContinuousIntegration;
}

/** By package: whether its install script runs. */
export type InstallScripts = Readonly<Record<string, boolean>>;

/** Arguments after the manager's name. */
interface Commands {
  /** Installs what package.json asks for, and completes the lockfile; for a person to type. */
  readonly install: string;
  /** The same, for a generator to run: from the cache where it can, also where the variable CI is set. */
  readonly installQuietly: readonly string[];
  /** Makes the lockfile. Installs nothing. */
  readonly lock: readonly string[];
  /** Installs what the lockfile has; fails where package.json asks for something else. */
  readonly frozen: string;
  /** Installs the production dependencies of one package, without install scripts. */
  production(folder: string): string;
  /** Adds exact devDependencies to the root. */
  readonly addDevelopment: string;
  /** Before the name of a script, and its arguments. */
  readonly run: string;
  readonly runSilently: string;
  readonly test: string;
  /** Before the name of an installed binary. */
  readonly local: string;
  /** Starts the generators. */
  readonly plop: string;
}

/** What CI has to know. */
interface ContinuousIntegration {
  /** How the manager itself is installed where only Node is; undefined: it comes with Node. */
  readonly setUp: string | undefined;
  /** The name by which actions/setup-node caches its downloads; undefined: it does not. */
  readonly setupNodeCache: string | undefined;
  /** The variable that says where its downloads are kept, and a folder for them in the repository. */
  readonly cacheVariable: string;
  readonly cacheFolder: string;
}

/** Installs the manager that package.json names from the registry. */
export function setUpBy(packageName: string): string {
  return `npm install --global "${packageName}@$(node -p "require('./package.json').packageManager.split('@')[1]")"`;
}
