import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PUBLISHED, ROOT } from './packages.ts';

/**
 * Compiles the published packages to JavaScript with declarations, in one program: `packages/guards/src/unit.js` and so
 * on below the folder, and `generators/` of the root.
 * @param folder absolute; replaced.
 * @throws {Error} with what the compiler printed.
 */
export function compile(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const file = join(ROOT, 'node_modules/.cache/release', `tsconfig.${process.pid}.json`);
  mkdirSync(dirname(file), { recursive: true });
  const sources = [join(ROOT, 'generators'), ...PUBLISHED.map((name) => join(ROOT, 'packages', name, 'src'))];
  const configuration = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      rewriteRelativeImportExtensions: true,
      rootDir: ROOT,
      outDir: folder,
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    include: sources,
    exclude: sources.map((source) => `${source}/**/*.test.ts`),
  };
  try {
    writeFileSync(file, JSON.stringify(configuration));
    execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', file], {
      cwd: ROOT,
      encoding: 'utf8',
    });
  } catch (error) {
    throw new Error(`The packages could not be compiled:\n${(error as { stdout?: string }).stdout ?? error}`, {
      cause: error,
    });
  } finally {
    rmSync(file, { force: true });
  }
}
