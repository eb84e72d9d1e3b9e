import { statSync } from 'node:fs';
import { join } from 'node:path';
import { startVitest, type Vitest, type VitestPluginContext } from 'vitest/node';
import { followFiles, importersOfFound, knownFiles, packageOf } from './follow-files.ts';
import type { RedSuite } from './run-changed.ts';
import { stillRed } from './still-red.ts';

/** Files of which no test imports one. */
const nothing = ['nothing'];

/**
 * Watches the unit tests in Vitest: runs those of red suites, then those that a save affects. Resolves when it waits.
 * @param since what was saved after it counts as saved now, in milliseconds since the epoch.
 */
export async function watchTests(red: readonly RedSuite[], since: number): Promise<void> {
  let begun = false;
  const found = new Set<string>();
  const configureVitest = async (context: VitestPluginContext) => {
    const { vitest } = context;
    followFiles(context, found);
    vitest.config.reporters.push(stillRed(vitest));
    // Vitest begins anew, with all tests, when its configuration is saved.
    if (!begun) {
      begun = true;
      await learnImports(vitest, found);
      const files = await testFilesOf(red, vitest);
      vitest.config.related = files.length === 0 ? nothing : [...files];
    }
  };
  const vitest = await startVitest(
    'test',
    [],
    { watch: true, project: ['unit'], forceRerunTriggers: [] },
    // What Nx keeps is no source.
    { server: { watch: { ignored: ['**/.nx/**'] } }, plugins: [{ name: 'splitlevel:watch', configureVitest }] },
  );
  // Else it would be told of the next run.
  delete vitest.config.related;
  for (const file of knownFiles(vitest)) {
    if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > since) {
      vitest.watcher.onFileChange(file);
    }
  }
}

/** Has Vitest learn what each test file imports, as it does to tell which of them are related to some file. */
async function learnImports(vitest: Vitest, found: Set<string>): Promise<void> {
  vitest.config.related = nothing;
  await vitest.getRelevantTestSpecifications();
  const stale = (await importersOfFound(vitest)).filter((file) => !found.has(file));
  for (const file of stale) {
    found.add(file);
    vitest.invalidateFile(file);
  }
  if (stale.length > 0) {
    await learnImports(vitest, found);
  }
}

/** The test files of red suites. What a suite printed of which Vitest has none, is printed. */
async function testFilesOf(red: readonly RedSuite[], vitest: Vitest): Promise<readonly string[]> {
  if (red.length === 0) {
    return [];
  }
  const files = (await vitest.globTestSpecifications()).map(({ moduleId }) => moduleId);
  return red.flatMap(({ folder, output }) => {
    const own = files.filter((file) => packageOf(file) === join(vitest.config.root, folder));
    if (own.length === 0) {
      console.log(output);
    }
    return own;
  });
}
