/** What generators may know of the workspace: plain data, read once a run. */
export interface Workspace {
  /** Absolute, without symlinks. */
  readonly root: string;
  /** The npm scope of the root's name with its at sign: `@splitlevel`. */
  readonly scope: string;
  /** The root's version, which is the standard's. */
  readonly version: string;
  /** Exact version of each library of the root's devDependencies; the templates' libraries are taken from here. */
  readonly versions: Readonly<Record<string, string>>;
  /** The Nx projects that exist: name → folder relative to the workspace ('.' for the root). */
  readonly projects: ReadonlyMap<string, string>;
}
