import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Vitest, VitestPluginContext } from 'vitest/node';

type Environment = Vitest['vite']['environments'][string];
type Module = NonNullable<ReturnType<Environment['moduleGraph']['getModuleById']>>;

/**
 * Has Vitest run what it does not run itself: on the save of a module it runs the test files that import it, on that of a test
 * file the file. Here a file also affects
 * - those that import it before it is there, and after it was removed,
 * - all test files, where a setup file imports it,
 * - the modules of a package, where it is the package's package.json.
 * @param found modules of which Vitest's cache has imports that were not there. They are read anew; here some are added.
 */
export function followFiles(
  { vitest, defineCacheKeyGenerator }: Pick<VitestPluginContext, 'vitest' | 'defineCacheKeyGenerator'>,
  found: Set<string>,
): void {
  defineCacheKeyGenerator(({ id }) => (found.has(id) ? false : undefined));
  vitest.vite.watcher.on('all', async (event, file) => {
    const waiting = event === 'unlink' ? [] : await importersOfFound(vitest);
    for (const each of waiting) {
      found.add(each);
    }
    const affected = new Set([
      ...waiting,
      ...(event === 'unlink' ? importersOf(modulesOf(vitest, file)) : []),
      ...(isSetUpBy(vitest, file) ? testFilesOf(vitest) : []),
      ...(basename(file) === 'package.json'
        ? knownFiles(vitest).filter((each) => packageOf(each) === dirname(file))
        : []),
    ]);
    for (const each of affected) {
      vitest.watcher.onFileChange(each);
    }
  });
}

/** The files of the modules that tests import, tests themselves included. */
export function knownFiles(vitest: Vitest): readonly string[] {
  const files = environmentsOf(vitest).flatMap(({ moduleGraph }) => [...moduleGraph.fileToModulesMap.keys()]);
  return [...new Set(files)].filter((file) => isAbsolute(file) && !file.includes('/node_modules/'));
}

function environmentsOf({ projects }: Vitest): readonly Environment[] {
  return [...new Set(projects.flatMap(({ vite }) => Object.values(vite.environments)))];
}

function modulesOf(vitest: Vitest, file: string): readonly Module[] {
  return environmentsOf(vitest).flatMap(({ moduleGraph }) => [...(moduleGraph.getModulesByFile(file) ?? [])]);
}

/** The files of the modules that import one of these. */
function importersOf(modules: readonly Module[]): readonly string[] {
  return modules.flatMap(({ importers }) => [...importers].flatMap(({ file }) => file ?? []));
}

/** The files of modules that import what was not there when they were read, and is now. */
export async function importersOfFound(vitest: Vitest): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { moduleGraph, pluginContainer } of environmentsOf(vitest)) {
    for (const module of moduleGraph.idToModuleMap.values()) {
      // Of what Vite does not find, the id is what the importer wrote.
      const isFound = module.id === null || isAbsolute(module.id) || module.id.startsWith('\0');
      for (const file of isFound ? [] : importersOf([module])) {
        const resolved = await pluginContainer.resolveId(module.url, file);
        if (resolved !== null && isAbsolute(resolved.id)) {
          found.push(file);
        }
      }
    }
  }
  return found;
}

/** Whether a setup file imports it, or is it. */
function isSetUpBy(vitest: Vitest, file: string): boolean {
  const setupFiles = new Set(vitest.projects.flatMap(({ config }) => config.setupFiles));
  const files = new Set([file]);
  for (const each of files) {
    if (setupFiles.has(each)) {
      return true;
    }
    for (const importer of importersOf(modulesOf(vitest, each))) {
      files.add(importer);
    }
  }
  return false;
}

function testFilesOf(vitest: Vitest): readonly string[] {
  return knownFiles(vitest).filter((file) => vitest.getModuleSpecifications(file).length > 0 && existsSync(file));
}

/** The folder of the package that a file is of: the nearest with a package.json. */
export function packageOf(file: string): string {
  const folder = dirname(file);
  return existsSync(join(folder, 'package.json')) || folder === dirname(folder) ? folder : packageOf(folder);
}
