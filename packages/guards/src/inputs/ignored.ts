import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ignore } from 'ignore';
import { files } from './files.ts';

const FILES = ['.gitignore', '.nxignore'];

/** Which files Nx leaves out of all inputs, since .gitignore or .nxignore do, in the root or in a folder below it. */
export class Ignored {
  readonly root: string;
  readonly #rules = new Map<string, Ignore | undefined>();

  constructor(root: string) {
    this.root = root;
  }

  /**
   * The file that ignores a path.
   * @param path relative to the workspace, with slashes; one that ends with a slash is a folder
   */
  by(path: string): string | undefined {
    if (path === '' || path === '/') {
      return undefined;
    }
    const parts = path.split('/');
    for (let depth = 0; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      const inside = parts.slice(depth).join('/');
      if (inside === '') {
        continue;
      }
      const { ignored } = this.#rulesOf(folder)?.test(inside) ?? { ignored: false };
      if (ignored) {
        return FILES.map((name) => join(folder, name)).find((file) => files.existsSync(join(this.root, file)));
      }
    }
    return undefined;
  }

  #rulesOf(folder: string): Ignore | undefined {
    if (this.#rules.has(folder)) {
      return this.#rules.get(folder);
    }
    const texts = FILES.map((name) => join(this.root, folder, name))
      .filter((file) => files.existsSync(file))
      .map((file) => files.readFileSync(file, 'utf8'));
    const ignore = createRequire(import.meta.url)('ignore') as () => Ignore;
    const rules = texts.length === 0 ? undefined : texts.reduce((all, text) => all.add(text), ignore());
    this.#rules.set(folder, rules);
    return rules;
  }
}
