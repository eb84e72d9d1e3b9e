import type { EmbeddedServer } from '../embedded/embedded-server.ts';

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
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Directories in memory, by path, with their mount options. */
  readonly tmpfs?: Readonly<Record<string, string>>;
  readonly ready: Readiness;
}

/** All that the testkit knows about one kind of server. */
export interface Kind {
  /** For people. */
  readonly title: string;
  container(password: string): ContainerRecipe;
  /** Starts it as processes of this machine; absent where there is no such server. */
  embedded?(password: string, directoryPrefix: string): Promise<EmbeddedServer>;
  url(host: string, port: number, password: string): string;
  /** Reads the version from what a server that is ready has logged, or asks it. */
  version(log: string, url: string): Promise<string>;
  /** Checks a server that was given by its URL. Resolves with its version. */
  inspect(url: string, variable: string): Promise<string>;
}
