import { isAbsolute, relative } from 'node:path';
import { findImport } from './find-import.ts';
import { forgetJudges, isInstalled, type Judge, judgeOf, realPathOf, type Target } from './judge.ts';
import { nativeImportsOf } from './native-modules.ts';
import { inWorkspace, type Manifest, type Project } from './projects.ts';
import { isTestPath } from './test-path.ts';

/** A module that Vitest has loaded, as its module runner keeps it. */
export interface LoadedModule {
  /** The path without a query, or the name of a module of Node's. */
  readonly file: string;
  /** Keys of what it imports. */
  readonly imports: ReadonlySet<string>;
}

/** Modules by their keys. */
export type ModuleGraph = ReadonlyMap<string, LoadedModule>;

/** An import of an undeclared package, or of a file that is not an input. */
export interface UndeclaredImport {
  /** 'packages/x/src/y.ts:12'. */
  readonly place: string;
  /** As it stands there. */
  readonly specifier: string;
  /** The loaded file, relative to the workspace where it is inside. */
  readonly loaded: string;
  /** Why not, and what to do instead, in sentences. */
  readonly advice: string;
}

/** Imports that were found right, so that the modules that test files share are looked at once. */
const right = new Set<string>();

/**
 * Looks at every import that a test file has led to, by Vitest or by `require`, and by what was loaded: whatever it was
 * that named it.
 * @param entry the test file
 */
export function undeclaredImports(graph: ModuleGraph, entry: string, target: Target): UndeclaredImport[] {
  const find = (): UndeclaredImport[] => {
    const judge = judgeOf(entry, target);
    return judge === undefined ? [] : walk(graph, entry, judge);
  };
  if (find().length === 0) {
    return [];
  }
  forgetJudges();
  return find();
}

function walk(graph: ModuleGraph, entry: string, judge: Judge): UndeclaredImport[] {
  const found: UndeclaredImport[] = [];
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const file = graph.get(key)?.file ?? key;
    if (seen.has(key) || isInstalled(file)) {
      return;
    }
    seen.add(key);
    const native = new Set(nativeImportsOf(file));
    for (const each of new Set([...(graph.get(key)?.imports ?? []), ...native])) {
      const imported = graph.get(each)?.file ?? (native.has(each) ? each : '');
      // Without a path: a module of Node's, or one that Vite makes, as for what `using` becomes.
      if (!isAbsolute(imported)) {
        continue;
      }
      const edge = `${judge.project.folder}\n${judge.target}\n${file}\n${imported}`;
      if (!right.has(edge)) {
        const advice = objectTo(judge, file, imported);
        if (advice === undefined) {
          right.add(edge);
        } else {
          found.push(describe(judge, file, imported, advice));
        }
      }
      visit(each);
    }
  };
  visit(entry);
  return found;
}

/**
 * Why a file must not import another, and what to do, in sentences; undefined where it may.
 * @param importer absolute
 * @param imported absolute
 */
export function objectTo(judge: Judge, importer: string, imported: string): string | undefined {
  const { projects, inputs, project } = judge;
  const from = inWorkspace(projects.root, realPathOf(importer));
  if (from === undefined) {
    return undefined;
  }
  const owner = projects.ownerOf(from);
  // The root has nothing but tests and tools.
  const isTest = owner.folder === '' || isTestPath(from.slice(owner.folder.length + 1));
  if (isInstalled(imported)) {
    // What a package keeps in a node_modules of its own making, such as a fixture, npm has not installed.
    if (/^[^/]+\/[^/]+\/.+\/node_modules\//.test(inWorkspace(projects.root, imported) ?? '')) {
      return undefined;
    }
    const name = nameOfPackage(imported);
    if (declares(owner.manifest, name, isTest) || (isTest && inputs.externals.has(name))) {
      return undefined;
    }
    if (inputs.has('package-lock.json') === 'own' && owner.folder === '') {
      return undefined;
    }
    return sentences(owner, name, isTest, judge.target);
  }
  const objection = judge.objectTo(imported, 'read');
  const inside = inWorkspace(projects.root, realPathOf(imported));
  const other = inside === undefined ? undefined : projects.ownerOf(inside);
  if (other === undefined || inside === undefined || other === owner) {
    return objection && `${objection.why} ${objection.todo}`;
  }
  const declared = projects.declares(owner, other);
  if (!declared && isTest && inputs.has(inside) === 'own') {
    return undefined;
  }
  if (declared && !objection) {
    return undefined;
  }
  if (declared || other.folder === '' || other.manifest.name === undefined || other.name === 'testkit') {
    return `${objection?.why ?? `${owner.manifest.name} does not declare it.`} ${objection?.todo ?? 'Pass in what is needed of it, or move what imports it to integration/.'}`;
  }
  return sentences(owner, other.manifest.name, isTest, judge.target, project);
}

function sentences(owner: Project, name: string, isTest: boolean, target: Target, running = owner): string {
  const manifest = owner.folder === '' ? 'package.json' : `${owner.folder}/package.json`;
  const group = isTest ? 'devDependencies' : 'dependencies';
  return (
    `${owner.manifest.name ?? manifest} does not declare ${name}, so that neither the cache nor CI would run ${running.name}:${target} again after a change of it. ` +
    `Add "${name}" to the ${group} in ${manifest}, and import it by that name.`
  );
}

function declares(manifest: Manifest, name: string, isTest: boolean): boolean {
  const { name: own, dependencies, peerDependencies, optionalDependencies, devDependencies } = manifest;
  const groups = [dependencies, peerDependencies, optionalDependencies, ...(isTest ? [devDependencies] : [])];
  return name === own || groups.some((group) => group?.[name] !== undefined);
}

function nameOfPackage(file: string): string {
  const [scope = '', name = ''] = (file.split(/[\\/]node_modules[\\/]/).at(-1) ?? '').split(/[\\/]/);
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function describe({ projects }: Judge, importer: string, imported: string, advice: string): UndeclaredImport {
  const { specifier, line } = findImport(importer, imported);
  const shown = (path: string): string => inWorkspace(projects.root, realPathOf(path)) ?? path;
  const place = `${relative(process.cwd(), importer)}${line === undefined ? '' : `:${line}`}`;
  return { place, specifier: specifier ?? shown(imported), loaded: shown(imported), advice };
}
