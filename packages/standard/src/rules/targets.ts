import type { Rule } from '../finding.ts';
import type { Package } from '../repository.ts';

const CACHING_KEYS = new Set(['cache', 'inputs', 'outputs', 'dependsOn']);

export const targets: Rule = {
  name: 'targets',
  asks: 'both suites are there, with the targets of nx.json',
  check: ({ packages }) =>
    packages
      .filter(({ folder }) => folder !== '.')
      .flatMap((each) =>
        [...missing(each), ...withoutTests(each), ...overridden(each)].map((finding) => ({
          package: each.name,
          ...finding,
        })),
      ),
};

function missing({ folder, manifest, files }: Package) {
  const present = manifest.nx?.targets ?? {};
  // A service has both; a library of pure logic need not.
  const needsIntegration = 'dev' in present || files.some((path) => /^(integration|migrations)\//.test(path));
  const wanted = ['lint', 'typecheck', 'unit', ...(needsIntegration ? ['integration'] : [])];
  return wanted
    .filter((target) => present[target] === undefined)
    .map((target) => ({
      what: `${folder}/package.json has no target ${target}`,
      todo: `Add "${target}": {} to its nx.targets; nx.json says the rest.`,
    }));
}

function withoutTests({ folder, manifest, files }: Package) {
  return [
    ['unit', 'src', /^src\/.*\.test\.ts$/],
    ['integration', 'integration', /^integration\/.*\.test\.ts$/],
  ].flatMap(([suite, place, pattern]) => {
    const has = files.some((path) => (pattern as RegExp).test(path));
    return manifest.nx?.targets?.[suite as string] === undefined || has
      ? []
      : [
          {
            what: `${folder} has the target ${suite}, and no test for it`,
            todo: `Write one in ${folder}/${place}/, or take the target out of its package.json.`,
          },
        ];
  });
}

function overridden({ folder, manifest, files }: Package) {
  const found = Object.entries(manifest.nx?.targets ?? {})
    .filter(([target]) => ['lint', 'typecheck', 'unit', 'integration'].includes(target))
    .map(([target, entry]) => [target, Object.keys(entry).filter((key) => !CACHING_KEYS.has(key))] as const)
    .filter(([, keys]) => keys.length > 0)
    .map(([target, keys]) => ({
      what: `${folder}/package.json has its own ${keys.join(', ')} for the target ${target}`,
      todo: `Make the entry "${target}": {}, so that nx.json's applies.`,
    }));
  const project = {
    what: `${folder}/project.json defines targets beside those of nx.json`,
    todo: 'Remove it; a package has its targets in the nx entry of its package.json, as empty entries.',
  };
  return files.includes('project.json') ? [...found, project] : found;
}
