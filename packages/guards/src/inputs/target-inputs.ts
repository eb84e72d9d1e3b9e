import { posix } from 'node:path';
import { type Input, matches, type NamedInputs, type Project, type Projects } from './projects.ts';

/** Files that are inputs: those of a project, or of all the workspace, which match one glob and none of those behind a `!`. */
interface FileSet {
  /** Undefined: files of every project. */
  readonly project: Project | undefined;
  /** Relative to the workspace. */
  readonly globs: string[];
  readonly but: string[];
  /** The input says it of another project that depends on none of these (`^production`, for a project that it depends on). */
  readonly inherited: boolean;
}

/** Which files, and which npm packages, are inputs of a target. It reads the rules of nx.json as Nx does. */
export class TargetInputs {
  /** npm packages that are inputs beside those that the project declares. */
  readonly externals = new Set<string>();
  readonly projects: Projects;
  readonly #sets: FileSet[] = [];

  constructor(projects: Projects, project: Project, target: string) {
    this.projects = projects;
    const { nx } = projects;
    const inputs = project.manifest.nx?.targets?.[target]?.inputs ?? nx.targetDefaults?.[target]?.inputs;
    this.#add(inputs ?? ['{projectRoot}/**/*', '^{projectRoot}/**/*'], project, false);
  }

  /**
   * Whether a file is an input, which need not be there.
   * @param path relative to the workspace, with slashes
   * @returns 'own' or 'inherited' (of a project that this one depends on)
   */
  has(path: string): 'own' | 'inherited' | undefined {
    // Nx hashes these two for every task.
    if (path === 'nx.json' || path === '.gitignore') {
      return 'own';
    }
    const owner = this.projects.ownerOf(path);
    const found = this.#sets.filter(
      ({ project, globs, but }) =>
        (project === undefined || project === owner) &&
        globs.some((glob) => matches(path, glob)) &&
        !but.some((glob) => matches(path, glob)),
    );
    return found.length === 0 ? undefined : found.some(({ inherited }) => !inherited) ? 'own' : 'inherited';
  }

  /**
   * Whether a folder's list of names says nothing but which inputs there are.
   * @param deep whether the names below its folders are listed too
   */
  lists(folder: string, deep: boolean): boolean {
    return this.#sets.some(({ project, globs, but }) => {
      const owner = this.projects.ownerOf(posix.join(folder, 'file'));
      if (project !== undefined && (project !== owner || (deep && this.#holdsProjects(folder)))) {
        return false;
      }
      const names = but.map((glob) => glob.slice(glob.lastIndexOf('/') + 1).replaceAll('*', 'file'));
      return (
        ['file', '.file', 'deep/file', ...names].every((name) => {
          const path = folder === '' ? name : `${folder}/${name}`;
          return globs.some((glob) => matches(path, glob)) && !but.some((glob) => matches(path, glob));
        }) && !but.some((glob) => leavesOut(glob, folder, deep))
      );
    });
  }

  #holdsProjects(folder: string): boolean {
    return this.projects
      .all()
      .some((project) => project.folder.startsWith(folder === '' ? '' : `${folder}/`) && project.folder !== folder);
  }

  #add(inputs: readonly Input[], project: Project, inherited: boolean): void {
    const own: FileSet = { project, globs: [], but: [], inherited };
    const others: FileSet = { project: undefined, globs: [], but: [], inherited: false };
    for (const input of this.#expand(inputs, project)) {
      if (typeof input === 'string') {
        if (input.startsWith('^')) {
          for (const dependency of this.#allDependenciesOf(project)) {
            this.#add([input.slice(1)], dependency, true);
          }
          continue;
        }
        const set = input.includes('{projectRoot}') ? own : others;
        const glob = input
          .replace(/^!/, '')
          .replace('{projectRoot}/', project.folder === '' ? '' : `${project.folder}/`)
          .replace('{workspaceRoot}/', '');
        (input.startsWith('!') ? set.but : set.globs).push(glob);
      } else {
        this.#addObject(input, project);
      }
    }
    for (const set of [own, others]) {
      if (set.globs.length > 0) {
        this.#sets.push(set);
      }
    }
  }

  #addObject(input: Readonly<Record<string, unknown>>, project: Project): void {
    const { externalDependencies, projects, dependencies, input: name } = input;
    if (Array.isArray(externalDependencies)) {
      for (const each of externalDependencies) {
        this.externals.add(String(each));
      }
    }
    if (typeof name !== 'string') {
      return;
    }
    const named = ([projects ?? []].flat() as string[]).flatMap((each) =>
      this.projects.all().filter((other) => other.name === each),
    );
    for (const other of named) {
      this.#add([name], other, false);
    }
    if (dependencies === true) {
      for (const other of this.#allDependenciesOf(project)) {
        this.#add([name], other, true);
      }
    }
  }

  /** The inputs with names resolved, those of a project before those of nx.json. */
  #expand(inputs: readonly Input[], project: Project, seen: readonly string[] = []): Input[] {
    const named: NamedInputs = { ...this.projects.nx.namedInputs, ...project.manifest.nx?.namedInputs };
    return inputs.flatMap((input): Input[] => {
      const name =
        typeof input === 'string'
          ? input
          : typeof input.input === 'string' && Object.keys(input).length === 1
            ? input.input
            : undefined;
      if (name === undefined) {
        return typeof input === 'object' && typeof input.fileset === 'string' ? [input.fileset] : [input];
      }
      if (named[name] === undefined || seen.includes(name)) {
        return [name];
      }
      return this.#expand(named[name], project, [...seen, name]);
    });
  }

  #allDependenciesOf(project: Project, found: Set<Project> = new Set()): ReadonlySet<Project> {
    for (const dependency of this.projects.dependenciesOf(project)) {
      if (found.has(dependency)) {
        continue;
      }
      found.add(dependency);
      this.#allDependenciesOf(dependency, found);
    }
    return found;
  }
}

/** Whether a glob that takes files away takes them out of a folder, or out of one below it. */
function leavesOut(glob: string, folder: string, deep: boolean): boolean {
  const parts = glob.split('/');
  const fixed = parts.slice(
    0,
    Math.max(
      0,
      parts.findIndex((part) => /[*?{[(]/.test(part)),
    ),
  );
  const base = fixed.join('/');
  const parent = fixed.slice(0, -1).join('/');
  if (base === folder || fixed.length === 0) {
    return false;
  }
  return deep ? folder === '' || base.startsWith(`${folder}/`) : parent === folder;
}
