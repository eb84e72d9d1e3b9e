import { basename, dirname, join } from 'node:path';
import { files } from './files.ts';
import { findWorkspace } from './find-workspace.ts';
import { Ignored } from './ignored.ts';
import { inWorkspace, type Project, Projects } from './projects.ts';
import { TargetInputs } from './target-inputs.ts';

export type Target = 'unit' | 'integration';

/** The kind of access to a path: its content, the names in it (also of the folders below it), or whether and what it is. */
export type Access = 'read' | 'list' | 'list deeply' | 'look at';

/** The reason why a test may not have a path, and the remedy: both are sentences. */
export interface Objection {
  /** The path as it is shown: relative to the workspace, where it is inside. */
  readonly path: string;
  readonly inside: boolean;
  readonly why: string;
  readonly todo: string;
}

/** Holds what a target's tests read against what the target's inputs are. */
export class Judge {
  readonly projects: Projects;
  readonly project: Project;
  readonly target: Target;
  readonly inputs: TargetInputs;
  readonly #ignored: Ignored;

  constructor(projects: Projects, project: Project, target: Target) {
    this.projects = projects;
    this.project = project;
    this.target = target;
    this.inputs = new TargetInputs(projects, project, target);
    this.#ignored = new Ignored(projects.root);
  }

  /**
   * @param path absolute; it need not be there
   * @param from the test file, which may be read wherever it is
   * @returns undefined where there is nothing against it
   */
  objectTo(path: string, access: Access, from?: string): Objection | undefined {
    const real = realPathOf(path);
    if (real === from || isInstalled(real)) {
      return undefined;
    }
    const inside = inWorkspace(this.projects.root, real);
    if (inside === undefined) {
      return outside(real);
    }
    const ignoredBy = this.#ignoredBy(inside, access);
    if (ignoredBy === undefined && this.#isInput(inside, access)) {
      return undefined;
    }
    return { path: inside === '' ? '.' : inside, inside: true, ...this.#reason(inside, ignoredBy, access) };
  }

  #isInput(inside: string, access: Access): boolean {
    if (access === 'list' || access === 'list deeply') {
      return this.inputs.lists(inside, access === 'list deeply');
    }
    if (access === 'read' || isFile(join(this.projects.root, inside))) {
      return this.inputs.has(inside) !== undefined;
    }
    // The folders above the package are there in any case; another one is there where one of its files is.
    const { folder } = this.project;
    if (inside === '' || folder === inside || folder.startsWith(`${inside}/`)) {
      return true;
    }
    return this.inputs.has(inside) !== undefined && this.inputs.has(`${inside}/file`) !== undefined;
  }

  #ignoredBy(inside: string, access: Access): string | undefined {
    const by = this.#ignored.by(inside);
    if (by !== undefined || !access.startsWith('list')) {
      return by;
    }
    const deep = access === 'list deeply';
    const folder = join(this.projects.root, inside);
    if (!files.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      return undefined;
    }
    const entries = files.readdirSync(folder, { withFileTypes: true, recursive: deep });
    return entries
      .map(
        (entry) =>
          `${inWorkspace(this.projects.root, join(entry.parentPath, entry.name))}${entry.isDirectory() ? '/' : ''}`,
      )
      .map((entry) => this.#ignored.by(entry))
      .find((each) => each !== undefined);
  }

  #reason(inside: string, ignoredBy: string | undefined, access: Access): Pick<Objection, 'why' | 'todo'> {
    const { name, folder } = this.project;
    const owner = this.projects.ownerOf(access === 'read' ? inside : join(inside, 'file'));
    const why = `${ignoredBy === undefined ? 'It' : access.startsWith('list') ? `It has what ${ignoredBy} ignores, which` : `${ignoredBy} ignores it, and it`} is not among the inputs of ${name}:${this.target}, so that neither the cache nor CI would run the test again after a change.`;
    if (ignoredBy !== undefined) {
      return { why, todo: `Take it out of ${ignoredBy}, or pass in what is needed of it.` };
    }
    if (owner !== this.project) {
      const declared = this.projects.declares(this.project, owner);
      const what = owner.manifest.name ?? owner.name;
      const copy = `copy it to ${join(folder, 'src')}/`;
      return {
        why,
        todo:
          owner.folder === '' || declared || owner.manifest.name === undefined
            ? `Pass in what is needed of it, or ${copy}.`
            : owner.name === 'testkit'
              ? `Pass in what is needed of it, or move the test to ${join(folder, 'integration')}/.`
              : `Export it from ${what}, declare that in ${join(folder, 'package.json')} ("${what}": "*") and import it, or ${copy}.`,
      };
    }
    const place = folder === '' ? '' : `${folder}/`;
    if (this.target === 'unit' && /^(integration|migrations)(\/|$)/.test(inside.slice(place.length))) {
      return { why, todo: `Move the test to ${place}integration/, or the file to ${place}src/.` };
    }
    if (access.startsWith('list')) {
      return { why, todo: `Keep what is listed in a folder of its own below ${place}src/.` };
    }
    return {
      why,
      todo: `Keep it below ${place}src/, where every file is production code, or pass in what is needed of it.`,
    };
  }
}

const judges = new Map<string, Judge>();
const testFiles = new Map<string, Judge | undefined>();

/**
 * The judge of a test file; undefined where nothing says what its inputs are: outside of a workspace, and for a file that
 * is not an input of the target itself, as one that another configuration than the workspace's runs.
 */
export function judgeOf(testFile: string, target: Target): Judge | undefined {
  const key = `${testFile}\n${target}`;
  if (!testFiles.has(key)) {
    testFiles.set(key, findJudge(testFile, target));
  }
  return testFiles.get(key);
}

function findJudge(testFile: string, target: Target): Judge | undefined {
  const root = findWorkspace(testFile);
  const path = root === undefined ? undefined : inWorkspace(root, realPathOf(testFile));
  if (root === undefined || path === undefined) {
    return undefined;
  }
  const projects = [...judges.values()].find((judge) => judge.projects.root === root)?.projects ?? new Projects(root);
  const project = projects.ownerOf(path);
  const key = `${root}\n${project.folder}\n${target}`;
  const judge = judges.get(key) ?? new Judge(projects, project, target);
  judges.set(key, judge);
  return judge.inputs.has(path) === undefined ? undefined : judge;
}

/** Forgets what was read of manifests and nx.json, so that a refusal is never one of yesterday's. */
export function forgetJudges(): void {
  judges.clear();
  testFiles.clear();
}

function outside(path: string): Objection {
  return {
    path,
    inside: false,
    why: 'It is outside of the workspace, so that neither the cache nor CI would run the test again after a change.',
    todo: 'Pass in what is needed of it, or move the test to the integration suite.',
  };
}

function isFile(path: string): boolean {
  return files.statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Whether a path is that of an installed package, whose versions are inputs of their own. */
export function isInstalled(realPath: string): boolean {
  return /[\\/]node_modules([\\/]|$)/.test(realPath);
}

/** A path without symlinks, as far as it is there. */
export function realPathOf(path: string): string {
  try {
    return files.realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPathOf(parent), basename(path));
  }
}
