import { isDeepStrictEqual } from 'node:util';
import type { Rule } from '../finding.ts';
import type { NxConfiguration, Package, Repository } from '../repository.ts';

/** The testkit: a tool of the workspace, to which no package has an edge. */
const TESTKIT = { projects: ['testkit'], input: 'production' };
/** What each suite is hashed by, at least. */
const INPUTS: Readonly<Record<string, readonly unknown[]>> = {
  unit: ['unitSuite', '^logic', 'toolchain'],
  integration: ['integrationSuite', '^production', 'toolchain', TESTKIT, 'images', 'runtime'],
};
const KEYS = ['cache', 'inputs', 'outputs', 'dependsOn'];
/** The image that a need runs on, by the function that declares it. */
const IMAGE_OF_NEED: Readonly<Record<string, string>> = { upstream: 'wiremock' };

export const caching: Rule = {
  name: 'caching',
  asks: 'what makes a suite run again is what nx.json says',
  check: (repository) => {
    const { packages, nx } = repository;
    const workspace = packages.find(({ folder }) => folder === '.')?.name ?? '';
    const own = packages
      .filter(({ folder }) => folder !== '.')
      .flatMap((each) =>
        [...overrides(each), ...imagesOf(each, repository), ...dependsOnTestkit(each)].map((finding) => ({
          package: each.name,
          ...finding,
        })),
      );
    return [...weakened(nx).map((finding) => ({ package: workspace, ...finding })), ...own];
  },
};

function weakened({ targetDefaults = {} }: NxConfiguration) {
  const uncached = ['lint', 'typecheck', 'unit', 'integration']
    .filter((target) => targetDefaults[target]?.cache !== true)
    .map((target) => ({
      what: `nx.json does not cache ${target}`,
      todo: `Set "cache": true in targetDefaults.${target}.`,
    }));
  const missing = Object.entries(INPUTS).flatMap(([target, wanted]) =>
    wanted
      .filter((input) => !targetDefaults[target]?.inputs?.some((each) => isDeepStrictEqual(each, input)))
      .map((input) => ({
        what: `nx.json leaves ${JSON.stringify(input)} out of what ${target} is hashed by: a change of it would be answered by the cache`,
        todo: `Put it back into targetDefaults.${target}.inputs.`,
      })),
  );
  return [...uncached, ...missing];
}

function overrides({ folder, manifest }: Package) {
  const targets = Object.entries(manifest.nx?.targets ?? {})
    .filter(([target]) => target !== 'dev')
    .flatMap(([target, entry]) => KEYS.filter((key) => key in entry).map((key) => `${key} of ${target}`));
  const inputs = Object.keys(manifest.nx?.namedInputs ?? {}).filter((name) => name !== 'images');
  return [...targets, ...inputs.map((name) => `the input ${name}`)].map((rule) => ({
    what: `${folder}/package.json overrides ${rule}`,
    todo: 'Take it out of its nx entry; a rule that all packages need belongs in nx.json.',
  }));
}

/** A package that says which images it uses must say all of them. */
function imagesOf({ folder, manifest, sources }: Package, { images }: Repository) {
  const [input] = (manifest.nx?.namedInputs?.images ?? []) as { fields?: readonly string[] }[];
  if (manifest.nx?.namedInputs?.images === undefined) return [];
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

function dependsOnTestkit({ folder, manifest }: Package) {
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  return dependencies
    .filter((name) => /^@[^/]+\/testkit$/.test(name))
    .map((name) => ({
      what: `${folder}/package.json depends on ${name}: every change of it would run the unit suite`,
      todo: 'Take it out; the testkit is a tool of the workspace.',
    }));
}
