import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { isTestPath } from '@splitlevel/guards/test-path';
import type { Rule } from '../finding.ts';
import { packageAround } from '../owner.ts';
import type { Package, Reference, Repository } from '../repository.ts';

/** Sees of all code, types too, what the guard sees of the code that runs. */
export const declared: Rule = {
  name: 'declared',
  asks: 'what a package imports, its package.json declares',
  check: (repository) =>
    repository.packages
      .filter(({ folder }) => folder !== '.')
      .flatMap((each) =>
        [...each.sources].flatMap(([path, { references }]) =>
          references.flatMap((reference) => {
            const name = undeclaredBy(each, path, reference, repository);
            return name === undefined ? [] : [findingOf(each, path, reference, name)];
          }),
        ),
      ),
};

function findingOf({ name, folder }: Package, path: string, { text, line }: Reference, undeclared: string) {
  const group = isDevelopment(path) ? 'devDependencies' : 'dependencies';
  return {
    package: name,
    what: `${folder}/${path}:${line} imports ${text}, which ${folder}/package.json does not declare`,
    todo: `${undeclared === '.' ? `Keep the file in ${folder}/src/, or pass in what is needed of it` : `Add ${JSON.stringify(undeclared)} to its ${group}, and import it by that name`}; else neither the cache nor CI sees a change of it.`,
  };
}

/** The name of the package that a reference leads to and the importer does not declare; '.' for files of no package. */
function undeclaredBy(
  importer: Package,
  path: string,
  reference: Reference,
  repository: Repository,
): string | undefined {
  const { text, isType } = reference;
  const [specifier = ''] = text.split('?');
  if (specifier.startsWith('#') || isBuiltin(specifier) || specifier === '') {
    return undefined;
  }
  if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
    const target = posix.join(importer.folder, posix.dirname(path), specifier);
    if (`${target}/`.startsWith(`${importer.folder}/`)) {
      return undefined;
    }
    const owner = packageAround(target, repository.packages);
    if (owner === undefined || isDeclared(importer, owner, path)) {
      return undefined;
    }
    return owner.folder === '.' ? '.' : (owner.manifest.name ?? '.');
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const { manifest } = importer;
  const ofTests = isType || isDevelopment(path);
  const groups = [manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies];
  if (name === manifest.name || [...groups, ofTests ? manifest.devDependencies : {}].some((each) => each?.[name])) {
    return undefined;
  }
  const local = repository.packages.find((each) => each.manifest.name === name);
  if (local && isDeclared(importer, local, path)) {
    return undefined;
  }
  return ofTests && externals(repository, path, isType).has(name) ? undefined : name;
}

/** Whether a package of the workspace is declared. The testkit is a tool that integration tests need not declare. */
function isDeclared({ manifest }: Package, owner: Package, path: string): boolean {
  const { name = '' } = owner.manifest;
  const groups = [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies];
  return (
    (owner.name === 'testkit' && path.startsWith('integration/')) ||
    manifest.nx?.implicitDependencies?.includes(owner.name) === true ||
    groups.some((group) => group?.[name] !== undefined)
  );
}

/** The npm packages that are inputs of the suite that a file is part of. */
function externals({ nx }: Repository, path: string, isType: boolean): ReadonlySet<string> {
  const suite = path.startsWith('integration/') ? 'integration' : 'unit';
  const found = new Set<string>();
  const visit = (input: unknown): void => {
    if (typeof input === 'string') {
      nx.namedInputs?.[input]?.forEach(visit);
    }
    const { externalDependencies = [] } = (typeof input === 'object' ? (input ?? {}) : {}) as {
      externalDependencies?: string[];
    };
    for (const each of externalDependencies) {
      found.add(each);
    }
  };
  for (const target of [suite, ...(isType ? ['typecheck'] : [])]) {
    nx.targetDefaults?.[target]?.inputs?.forEach(visit);
  }
  return found;
}

/** Tests, what only they load, and what configures a tool: development dependencies are for these. */
function isDevelopment(path: string): boolean {
  return isTestPath(path) || /^[^/]+\.config\.[cm]?[jt]s$/.test(path);
}
