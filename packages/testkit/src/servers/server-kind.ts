import type { EmbeddedServer, StartEmbedded } from './embedded/embedded-server.ts';

/** How to tell that a server takes requests. */
export type Readiness =
  /** A line of its log says so. */
  | { readonly log: RegExp }
  /** GET on this path is answered 200. */
  | { readonly path: string };

/** How a server runs in a container. */
export interface ContainerRecipe {
  /** The port inside the container. */
  readonly port: number;
  /** The port of an interface for administration, where the testkit uses one. */
  readonly adminPort?: number;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Directories in memory, by path, with their mount options. */
  readonly tmpfs?: Readonly<Record<string, string>>;
}

/** All that it takes to find, start and check one kind of server. */
export interface ServerKind<Name extends string = string> {
  /** The name that images.json and the environment variables have for it. */
  readonly name: Name;
  /** The file of the module that exports it as `server`: the process that starts it loads it there. */
  readonly module: string;
  /** For people. */
  readonly title: string;
  container(password: string): ContainerRecipe;
  /**
   * A shell script that does once, in the image, what takes long at every start; its result is kept as an image of this
   * machine. The container's own start must find out whether it was done, and for the same password.
   */
  readonly prepare?: { readonly script: string; readonly user: string };
  /** Starts it as processes of this machine; absent where there is no such server. */
  embedded?(start: StartEmbedded): Promise<EmbeddedServer>;
  /** Sentences on what this machine lacks to start it, with what to do; undefined where nothing is missing. */
  embeddedProblem?(environment: NodeJS.ProcessEnv): Promise<string | undefined>;
  readonly ready: Readiness;
  /** @param adminPort Where the recipe's port for administration is found, if it has one. */
  url(host: string, port: number, password: string, adminPort?: number): string;
  /** Reads the version from what a server that is ready has logged, or asks it. */
  version(log: string, url: string): Promise<string>;
  /**
   * Checks a server that was given by its URL in a variable, and resolves with its version.
   *
   * @throws {Error} when the tests cannot use it: why not, and what to do.
   */
  inspect(url: string, variable: string): Promise<string>;
  /**
   * Marks a run on a server that was given, and so outlives it.
   *
   * @returns To be called when the run is over. Does not throw.
   */
  openRun?(url: string): Promise<() => Promise<void>>;
}

/** The variable that names a server of a kind that runs already. */
export function variableOf({ name }: Pick<ServerKind, 'name'>): string {
  return `TESTKIT_${name.toUpperCase()}_URL`;
}
