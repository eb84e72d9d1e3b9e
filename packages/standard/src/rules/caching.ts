import type { Problem, Rule } from '../finding.ts';
import { isTool, pathIn, rootName } from '../owner.ts';
import type { Package, Repository, Task } from '../repository.ts';
import { neededBy } from './needed-inputs.ts';
import { CHECKED } from './targets.ts';

/** The image that a need runs on, by the function that declares it. */
const IMAGE_OF_NEED: Readonly<Record<string, string>> = { upstream: 'wiremock' };

export const caching: Rule = {
  name: 'caching',
  asks: 'what a target is hashed by is what can change its answer',
  check: (repository) => {
    const { packages } = repository;
    const workspace = rootName(packages);
    const ofPackages = packages.filter(({ folder }) => folder !== '.');
    const resolved = ofPackages.map((each) => [each.name, hashed(each, repository)] as const);
    // What holds for every package is nx.json's doing, and is said once. A tool may depend on the root, and be hashed
    // by it.
    const teams = ofPackages.filter((each) => !isTool(each)).map(({ name }) => name);
    const having = (target: string) =>
      resolved.filter(([name]) => teams.includes(name) && repository.tasks.value?.tasks[`${name}:${target}`]);
    const all = resolved.flatMap(([, found]) => found);
    const isCommon = new Set(
      all
        .filter(({ common: key, target }) => {
          const [first, second, ...others] = having(target);
          if (first === undefined || second === undefined) {
            return false;
          }
          return [first, second, ...others].every(([, found]) => found.some((other) => other.common === key));
        })
        .map(({ common: key }) => key),
    );
    const common = [
      ...new Map(all.filter((each) => isCommon.has(each.common)).map((each) => [each.common, each])).values(),
    ];
    const own = resolved.flatMap(([name, found]) =>
      found.filter(({ common: key }) => !isCommon.has(key)).map(({ what, todo }) => ({ package: name, what, todo })),
    );
    const more = ofPackages.flatMap((each) =>
      [...imagesOf(each, repository), ...dependsOnTestkit(each), ...withoutEdge(each, repository)].map((finding) => ({
        package: each.name,
        ...finding,
      })),
    );
    const ofAll = common.map(({ common: what, todo }) => ({ what: `nx.json: ${what}`, todo }));
    return [
      ...[...ofAll, ...environment(repository)].map((finding) => ({ package: workspace, ...finding })),
      ...own,
      ...more,
    ];
  },
};

interface Hashed extends Problem {
  readonly target: string;
  /** The same of any package. */
  readonly common: string;
}

/** Compares the inputs that Nx resolves for the targets of a package with all that their answers depend on. */
function hashed(each: Package, repository: Repository): readonly Hashed[] {
  const { tasks } = repository;
  return CHECKED.flatMap((target) => {
    const task = tasks.value?.tasks[`${each.name}:${target}`];
    if (task === undefined) {
      return [];
    }
    if (!task.cache) {
      const common = `the target ${target} is not cached: it runs again each time`;
      return [
        { target, common, what: `${each.folder}/package.json: ${common}`, todo: 'Take "cache": false out of it.' },
      ];
    }
    const missing = neededBy(target, each, repository)
      .filter(({ isInput }) => !isInput(task))
      .map(({ what, example }) => {
        const common = `${target} is not hashed by ${what}: the cache would answer for a change of it`;
        const named = example(task);
        return {
          target,
          common,
          what: `${each.folder}/package.json: ${common}${named === undefined ? '' : ` (${named})`}`,
          todo: `Put it back into the inputs of ${target}; npx nx show target inputs ${each.name}:${target} lists them.`,
        };
      });
    return [...missing, ...tooMuch(target, each, task)];
  });
}

/** A suite that runs again after each edit of the other. */
function tooMuch(target: string, each: Package, { files }: Task) {
  const other = { unit: /^integration\/.*\.test\.ts$/, integration: /^src\/.*\.test\.ts$/ }[target];
  const example = each.files.find((path) => other?.test(path) && files.includes(pathIn(each, path)));
  // The guards are a toolchain with tests of its own.
  if (example === undefined || isTool(each)) {
    return [];
  }
  const common = `${target} is hashed by tests of the other suite: it runs again after each edit of them`;
  return [
    {
      target,
      common,
      what: `${each.folder}/package.json: ${common} (${pathIn(each, example)})`,
      todo: `Leave them out of the inputs of ${target}.`,
    },
  ];
}

/** Settings of Nx by which the cache is not asked, or keeps what it should not. */
function environment({ rootTexts, nx }: Repository): Problem[] {
  const names =
    /^\s*(?:export\s+)?(NX_SKIP_NX_CACHE|NX_DISABLE_NX_CACHE|NX_SKIP_REMOTE_CACHE|NX_REJECT_UNKNOWN_LOCAL_CACHE|NX_IGNORE_CYCLES|TESTKIT_\w+|VITEST\w*|NODE_OPTIONS|CI)\s*=/;
  const lines = (rootTexts.get('.env') ?? '').split('\n');
  const found = lines.flatMap((line, index) => {
    const name = names.exec(line)?.[1];
    return name === undefined
      ? []
      : [
          {
            what: `.env:${index + 1} sets ${name} for every task, and no target is hashed by it`,
            todo: 'Take it out.',
          },
        ];
  });
  const runner = {
    what: 'nx.json sets tasksRunnerOptions, which may keep the cache from being asked',
    todo: 'Take it out.',
  };
  return nx.tasksRunnerOptions === undefined ? found : [...found, runner];
}

/** A package that says which images it uses must say all of them. */
function imagesOf({ folder, manifest, sources }: Package, { images }: Repository) {
  const [input] = (manifest.nx?.namedInputs?.images ?? []) as { fields?: readonly string[] }[];
  if (manifest.nx?.namedInputs?.images === undefined) {
    return [];
  }
  const fields = input?.fields ?? [];
  const calls = sources.get('integration/needs.ts')?.calls ?? new Set<string>();
  const used = [...calls].map((call) => IMAGE_OF_NEED[call] ?? call).filter((kind) => images[kind] !== undefined);
  const unknown = fields.filter((kind) => images[kind] === undefined);
  return [
    ...used
      .filter((kind) => !fields.includes(kind))
      .map((kind) => ({
        what: `${folder} uses the image ${kind}, and its package.json leaves it out of the input images`,
        todo: `Add ${JSON.stringify(kind)} to the fields of namedInputs.images, or a new pin is answered by the cache.`,
      })),
    ...unknown.map((kind) => ({
      what: `${folder}/package.json names the image ${kind}, which images.json does not have`,
      todo: 'Correct the fields of namedInputs.images, or pin the image in images.json.',
    })),
  ];
}

function dependsOnTestkit(each: Package) {
  if (isTool(each)) {
    return [];
  }
  const { dependencies, devDependencies } = each.manifest;
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => /^@[^/]+\/testkit$/.test(name))
    .map((name) => ({
      what: `${each.folder}/package.json depends on ${name}: every change of it would run the unit suite`,
      todo: 'Take it out; the testkit is a tool of the workspace.',
    }));
}

/** Dependencies in package.json that Nx does not know. */
function withoutEdge(each: Package, { packages, tasks }: Repository) {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = each.manifest;
  const declared = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies };
  const edges = tasks.value?.edges[each.name];
  return packages
    .filter(({ name, manifest }) => manifest.name !== undefined && manifest.name in declared && name !== each.name)
    .filter(({ name }) => edges !== undefined && !edges.includes(name))
    .map(({ name }) => ({
      what: `${each.folder}/package.json depends on ${name}, and Nx does not know: neither the cache nor CI sees a change of it`,
      todo: `Take !${name} out of nx.implicitDependencies; npx nx graph shows what Nx knows.`,
    }));
}
