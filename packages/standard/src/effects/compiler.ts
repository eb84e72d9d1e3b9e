import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Compiler } from '../repository.ts';
import { run } from './ask.ts';

/** Asks the compiler for its reading of a folder's tsconfig.json; undefined where there is none. */
export async function readCompiler(root: string, folder: string): Promise<Compiler | undefined> {
  if (!existsSync(join(root, folder, 'tsconfig.json'))) {
    return undefined;
  }
  const program = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout, stderr } = await run(process.execPath, [program, '--showConfig', '-p', folder], root);
  try {
    const { compilerOptions = {}, files = [] } = JSON.parse(stdout) as {
      compilerOptions?: Record<string, unknown>;
      files?: string[];
    };
    return { options: compilerOptions, files: new Set(files.map((path) => posix.normalize(path))) };
  } catch {
    // A package without a TypeScript file has no files to show (TS18003).
    const problem = /error TS\d+: .*/.exec(stdout + stderr)?.[0] ?? 'tsc printed nothing';
    return { options: {}, files: new Set(), problem };
  }
}
