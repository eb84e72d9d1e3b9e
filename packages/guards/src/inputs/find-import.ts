import { dirname, resolve } from 'node:path';
import { files } from './files.ts';
import { isInstalled, realPathOf } from './judge.ts';

const specifiers =
  /(?:\bfrom|\bimport|\brequire|\bcreateRequire\([^()]*\)|\bglob(?:<[^>]*>)?)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;

/**
 * Finds where a file imports another.
 * @param importer absolute
 * @param imported what was loaded, absolute and without symlinks
 * @returns the specifier and its line, from 1; neither where it is not found, as where it is computed
 */
export function findImport(importer: string, imported: string): { specifier?: string; line?: number } {
  let text: string;
  try {
    text = files.readFileSync(importer, 'utf8');
  } catch {
    return {};
  }
  for (const match of text.matchAll(specifiers)) {
    const specifier = match[2] as string;
    if (!leadsTo(importer, specifier, imported)) {
      continue;
    }
    return { specifier, line: text.slice(0, match.index + match[0].indexOf(specifier)).split('\n').length };
  }
  return {};
}

function leadsTo(importer: string, specifier: string, imported: string): boolean {
  const [plain = ''] = specifier.split('?');
  if (!/^\.{0,2}\//.test(plain)) {
    const name = plain
      .split('/')
      .slice(0, plain.startsWith('@') ? 2 : 1)
      .join('/');
    if (isInstalled(imported)) {
      return imported.includes(`/node_modules/${name}/`);
    }
    // A package of the workspace: what node_modules links to.
    for (let folder = dirname(importer); ; folder = dirname(folder)) {
      const linked = resolve(folder, 'node_modules', name);
      if (files.existsSync(linked)) {
        return imported.startsWith(`${realPathOf(linked)}/`);
      }
      if (folder === dirname(folder)) {
        return false;
      }
    }
  }
  const path = realPathOf(resolve(dirname(importer), plain));
  return [path, path.replace(/\.js$/, '.ts'), `${path}.ts`, `${path}/index.ts`].includes(imported);
}
