import { extname, join } from 'node:path';

/**
 * The path of a module of this package, for what starts it as a program: TypeScript here, JavaScript where the package is
 * installed.
 * @param folder `import.meta.dirname` of the caller.
 * @param name without its ending.
 */
export function siblingModule(folder: string, name: string): string {
  return join(folder, `${name}${extname(import.meta.filename)}`);
}
