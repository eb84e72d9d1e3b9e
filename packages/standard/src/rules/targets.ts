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
  // One whose tests all need servers has no unit suite.
  const needsUnit = files.some(isUnitTest) || !files.some(isIntegrationTest);
  const wanted = [
    ...['lint', 'typecheck'],
    ...(needsUnit ? ['unit'] : []),
    ...(needsIntegration ? ['integration'] : []),
  ];
  return wanted
    .filter((target) => present[target] === undefined)
    .map((target) => ({
      what: `${folder}/package.json has no target ${target}`,
      todo: `Add "${target}": {} to its nx.targets; nx.json says the rest.`,
    }));
}

function isUnitTest(path: string): boolean {
  return /^src\/.*\.test\.ts$/.test(path);
}

function isIntegrationTest(path: string): boolean {
  return /^integration\/.*\.test\.ts$/.test(path);
}

function withoutTests({ folder, manifest, files }: Package) {
  return (
    [
      ['unit', 'src', isUnitTest],
      ['integration', 'integration', isIntegrationTest],
    ] as const
  ).flatMap(([suite, place, isTest]) => {
    const has = files.some(isTest);
    return manifest.nx?.targets?.[suite] === undefined || has
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
