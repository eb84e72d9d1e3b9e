import type { Rule } from '../finding.ts';
import { ownerOf, rootOf } from '../owner.ts';
import type { Package, Repository } from '../repository.ts';

const EXACT = /^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/;

export const versions: Rule = {
  name: 'versions',
  asks: 'a library has one version in all packages',
  check: (repository) => [...declared(repository), ...locked(repository), ...overridden(repository)],
};

function dependenciesOf({ manifest }: Package): readonly (readonly [string, string])[] {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
}

/** Two manifests that name two versions. Ranges are judged by what the lockfile makes of them. */
function declared({ packages }: Repository) {
  const first = new Map<string, { version: string; folder: string }>();
  const root = packages.filter(({ folder }) => folder === '.');
  return [...root, ...packages.filter(({ folder }) => folder !== '.')].flatMap((each) =>
    dependenciesOf(each).flatMap(([name, wanted]) => {
      // An alias is another name of the same library.
      const [, aliased, version = wanted] = /^npm:(.+)@(.*)$/.exec(wanted) ?? [];
      const library = aliased ?? name;
      const other = first.get(library);
      if (EXACT.test(version) && other === undefined) {
        first.set(library, { version, folder: each.folder });
      }
      if (other === undefined || other.version === version || !isOther(version, other.version)) {
        return [];
      }
      const elsewhere = other.folder === '.' ? 'the root' : other.folder;
      return [
        {
          package: each.name,
          what: `${each.folder}/package.json has a second version of ${library}: ${wanted}, where ${elsewhere} has ${other.version}`,
          todo: 'Name one version in both, and run npm install.',
        },
      ];
    }),
  );
}

/** Whether a version or a range cannot be the other, exact version. */
function isOther(wanted: string, exact: string): boolean {
  if (EXACT.test(wanted)) {
    return true;
  }
  const major = /^[~^]?(\d+)(\.|$)/.exec(wanted)?.[1];
  return major !== undefined && major !== exact.split('.')[0];
}

/** Copies that lie in a package, beside the one of the root. */
function locked({ packages, lockfile: { file, entries: lock = {} } }: Repository) {
  const direct = new Set(packages.flatMap((each) => dependenciesOf(each).map(([name]) => name)));
  return Object.entries(lock).flatMap(([path, { version, link }]) => {
    const [, folder = '', name = ''] = /^(.+)\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    const shared = lock[`node_modules/${name}`]?.version;
    // What a library brings for itself lies in a folder of node_modules.
    if (name === '' || folder.includes('node_modules') || link || !direct.has(name)) {
      return [];
    }
    if (version === undefined || shared === undefined || version === shared) {
      return [];
    }
    return [
      {
        package: ownerOf(folder, packages),
        what: `${file} has a second version of ${name} for ${folder}: ${version}, where the root has ${shared}`,
        todo: `Name ${shared} in ${folder}/package.json, and run npm install.`,
      },
    ];
  });
}

function overridden({ packages }: Repository) {
  const root = rootOf(packages);
  const direct = new Set(packages.flatMap((each) => dependenciesOf(each).map(([name]) => name)));
  return Object.keys(root?.manifest.overrides ?? {})
    .filter((name) => direct.has(name.replace(/(?<=.)@.*/, '')))
    .map((name) => ({
      package: root?.name ?? '',
      what: `package.json overrides ${name}: packages get another version than they name`,
      todo: 'Name the version in the manifests that depend on it.',
    }));
}
