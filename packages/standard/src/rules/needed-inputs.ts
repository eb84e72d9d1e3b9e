import { pathIn, rootOf } from '../owner.ts';
import type { Package, Repository, Task } from '../repository.ts';

/** Something that a target's answer depends on. */
export interface Needed {
  /** How a finding calls them. */
  readonly what: string;
  readonly isInput: (task: Task) => boolean;
  /** One that is not. */
  readonly example: (task: Task) => string | undefined;
}

/** All that the answer of a package's target depends on. */
export function neededBy(target: string, each: Package, repository: Repository): readonly Needed[] {
  const { packages, tasks } = repository;
  const own = (pattern: RegExp) => each.files.filter((path) => pattern.test(path)).map((path) => pathIn(each, path));
  const source = /^src\/(?!.*\.test\.ts$).*\.ts$/;
  /** Where the standard is made its packages are projects, elsewhere they are installed. */
  const tool = (what: string, name: string) => {
    const project = packages.find(({ manifest }) => manifest.name === name);
    if (project === undefined) {
      return library(name);
    }
    const files = project.files.filter((path) => source.test(path));
    return needs(
      what,
      files.map((path) => pathIn(project, path)),
    );
  };
  /** The files that biome.json and tsconfig.json of the root extend. */
  const shared = (path: string): readonly Needed[] => {
    if (rootOf(packages)?.manifest.devDependencies?.splitlevel === undefined) {
      return [];
    }
    const project = packages.find(({ manifest }) => manifest.name === 'splitlevel');
    return [project === undefined ? library('splitlevel') : needs(pathIn(project, path), [pathIn(project, path)])];
  };
  const production = /^src\/(?!.*\.test\.ts$).*\.[cm]?[jt]sx?$/;
  const dependencies = reached(each.name, tasks.value?.edges ?? {}).flatMap((name) => {
    const found = packages.find((other) => other.name === name);
    // The root's files are its tools; what they are hashed by is told by its own targets.
    if (found === undefined || found.folder === '.') {
      return [];
    }
    return found.files.filter((path) => production.test(path)).map((path) => pathIn(found, path));
  });
  const code = needs('production code', own(production));
  // A prompt or a mail's text below src/ is production code too, whatever its ending.
  const texts = needs('what is below src/', own(/^src\/(?!.*\.[cm]?[jt]sx?$)/));
  const manifest = needs('package.json', own(/^(package|tsconfig)\.json$/));
  const others = needs('the code of packages that it depends on', dependencies);
  const toolchain = [
    needs('vitest.config.ts', ['vitest.config.ts']),
    library('vitest'),
    tool('the guards', '@splitlevel/guards'),
  ];
  switch (target) {
    case 'lint':
      return [
        needs('its code', own(/\.[cm]?[jt]sx?$/)),
        needs('biome.json', ['biome.json']),
        ...shared('shared/linter.json'),
        library('@biomejs/biome'),
      ];
    case 'typecheck':
      return [
        needs('its code', own(/\.[cm]?ts$/)),
        manifest,
        others,
        needs('tsconfig.json', ['tsconfig.json']),
        ...shared('shared/tsconfig.json'),
        library('typescript'),
      ];
    case 'unit':
      return [code, texts, needs('unit tests', own(/^src\/.*\.test\.ts$/)), manifest, others, ...toolchain];
    default:
      return [
        code,
        texts,
        needs('integration tests', own(/^integration\/.*\.[cm]?[jt]sx?$/)),
        manifest,
        others,
        ...toolchain,
        needs('the stubs', own(/^integration\/stubs\/.*\.json$/)),
        needs('what is below integration/', own(/^integration\/(?!stubs\/.*\.json$)(?!.*\.[cm]?[jt]sx?$)/)),
        needs('the migrations', own(/^migrations\//)),
        tool('the testkit', '@splitlevel/testkit'),
        ...(packages.some(({ manifest }) => manifest.name === '@splitlevel/openapi')
          ? [tool('the documents of upstreams', '@splitlevel/openapi')]
          : []),
        ...(usesImages(each) ? [needs('images.json', ['images.json'])] : []),
        {
          what: 'the kind of servers',
          isInput: ({ runtime }) => runtime.some((command) => command.includes('runtime-identity')),
          example: () => undefined,
        },
      ];
  }
}

function needs(what: string, files: readonly string[]): Needed {
  const first = ({ files: inputs }: Task) => {
    const known = new Set(inputs);
    return files.find((path) => !known.has(path));
  };
  const example = (task: Task) => (files.length === 1 && files[0] === what ? undefined : first(task));
  return { what, isInput: (task) => first(task) === undefined, example };
}

function library(name: string): Needed {
  return {
    what: `the version of ${name}`,
    isInput: ({ external }) => external.includes(`npm:${name}`),
    example: () => undefined,
  };
}

/** The projects that a project depends on, and what those depend on. */
function reached(name: string, edges: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const found = new Set<string>();
  const visit = (project: string): void => {
    for (const next of edges[project] ?? []) {
      if (found.has(next) || next === name) {
        continue;
      }
      found.add(next);
      visit(next);
    }
  };
  visit(name);
  return [...found];
}

/** A package that says nothing of images is hashed by all of them. */
function usesImages({ manifest }: Package): boolean {
  return manifest.nx?.namedInputs?.images?.length !== 0;
}
