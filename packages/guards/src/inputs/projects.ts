import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import type { Minimatch } from 'minimatch';
import { files } from './files.ts';
import { plainPattern, workspacesField } from './workspaces-field.ts';

/** The parts of nx.json that say what a target's inputs are. */
export interface NxConfiguration {
  readonly namedInputs?: NamedInputs;
  readonly targetDefaults?: Readonly<Record<string, Target | undefined>>;
}

export type NamedInputs = Readonly<Record<string, readonly Input[]>>;
/** An entry of `inputs`: a glob, the name of others, or an object such as `{ "externalDependencies": ["pg"] }`. */
export type Input = string | Readonly<Record<string, unknown>>;

interface Target {
  readonly inputs?: readonly Input[];
}

export interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly nx?: {
    readonly name?: string;
    readonly implicitDependencies?: readonly string[];
    readonly namedInputs?: NamedInputs;
    readonly targets?: Readonly<Record<string, Target | undefined>>;
  };
}

/** A package, or the workspace itself, whose folder is ''. */
export interface Project {
  readonly name: string;
  /** Relative to the workspace, with slashes. */
  readonly folder: string;
  readonly manifest: Manifest;
}

// Loaded with the first file that is asked about, so that suites that read none do not pay for it.
let loaded: typeof Minimatch | undefined;
const globs = new Map<string, Minimatch>();

/** Whether a path with slashes is one that a glob of nx.json means; names that begin with a dot are like others there. */
export function matches(path: string, glob: string): boolean {
  loaded ??= (createRequire(import.meta.url)('minimatch') as { Minimatch: typeof Minimatch }).Minimatch;
  const known = globs.get(glob) ?? new loaded(glob, { dot: true, nocomment: true, nonegate: true });
  globs.set(glob, known);
  return known.match(path);
}

/** The projects of a workspace and what they declare, as its package.json files say. */
export class Projects {
  readonly root: string;
  readonly nx: NxConfiguration;
  readonly #byFolder = new Map<string, Project | undefined>();
  readonly #patterns: readonly string[];
  #all: readonly Project[] | undefined;

  /** @param root absolute, without symlinks */
  constructor(root: string) {
    this.root = root;
    this.nx = readJson<NxConfiguration>(join(root, 'nx.json')) ?? {};
    this.#patterns = packagePatterns(root);
  }

  /**
   * The project that a path of the workspace belongs to.
   * @param path relative to the workspace, with slashes
   */
  ownerOf(path: string): Project {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      const project = this.#projectIn(folder);
      if (project) {
        return project;
      }
    }
    return this.#projectIn('') ?? { name: '', folder: '', manifest: {} };
  }

  /** The projects that one depends on directly, as its manifest says. */
  dependenciesOf(project: Project): readonly Project[] {
    return this.all().filter((other) => other !== project && this.declares(project, other));
  }

  declares({ manifest }: Project, other: Project): boolean {
    const { name: packageName } = other.manifest;
    const implicit = manifest.nx?.implicitDependencies ?? [];
    return (
      implicit.includes(other.name) ||
      (packageName !== undefined && groups.some((group) => manifest[group]?.[packageName] !== undefined))
    );
  }

  all(): readonly Project[] {
    this.#all ??= ['', ...this.#patterns.flatMap((pattern) => this.#foldersOf(pattern))].flatMap(
      (folder) => this.#projectIn(folder) ?? [],
    );
    return this.#all;
  }

  #foldersOf(pattern: string): string[] {
    const fixed = pattern.split('/').slice(
      0,
      pattern.split('/').findIndex((part) => /[*?{[(]/.test(part)),
    );
    if (!/[*?{[(]/.test(pattern)) {
      return [pattern];
    }
    const depth = pattern.includes('**') ? 5 : pattern.split('/').length - fixed.length;
    return [...foldersIn(this.root, fixed.join('/'), depth)].filter((folder) => matches(folder, pattern));
  }

  #projectIn(folder: string): Project | undefined {
    if (this.#byFolder.has(folder)) {
      return this.#byFolder.get(folder);
    }
    const isPackage = folder === '' || this.#patterns.some((pattern) => matches(folder, pattern));
    const manifest = isPackage ? readJson<Manifest>(join(this.root, folder, 'package.json')) : undefined;
    const project = manifest && { name: manifest.nx?.name ?? manifest.name ?? folder, folder, manifest };
    this.#byFolder.set(folder, project);
    return project;
  }
}

const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** A path of the workspace, relative and with slashes ('' for its folder); undefined for one that is outside. */
export function inWorkspace(root: string, path: string): string | undefined {
  const inside = relative(root, path);
  return inside === '..' || inside.startsWith(`..${sep}`) ? undefined : inside.split(sep).join('/');
}

function* foldersIn(root: string, folder: string, depth: number): Generator<string> {
  if (depth === 0 || !files.existsSync(join(root, folder))) {
    return;
  }
  for (const entry of files.readdirSync(join(root, folder), { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) {
      continue;
    }
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    yield path;
    yield* foldersIn(root, path, depth - 1);
  }
}

/**
 * The patterns of a workspace's packages. None where the file that has them cannot be read: what is wrong with it is told
 * by the package manager.
 */
export function packagePatterns(root: string): readonly string[] {
  return patternsIn(root).map(plainPattern);
}

function patternsIn(root: string): readonly string[] {
  try {
    const field = workspacesField(root).read() ?? [];
    return Array.isArray(field) ? field.map(String) : ((field as { packages?: string[] }).packages ?? []);
  } catch {
    return [];
  }
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(files.readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
