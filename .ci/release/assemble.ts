import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile } from './compile.ts';
import { entriesOf, type Manifest, manifestOf, PUBLISHED, type Published, ROOT } from './packages.ts';

/** Files of `src` that go along as they are, beside what the compiler makes of the sources. */
const ASSETS = 'src/**/*.{sql,sh}';

/**
 * Makes what is published of each package: `guards/package.json`, `guards/dist/unit.js` and so on below the folder.
 * @param folder absolute; replaced.
 * @param version of all of them.
 */
export function assemble(folder: string, version: string): void {
  rmSync(folder, { recursive: true, force: true });
  const compiled = join(folder, '.compiled');
  compile(compiled);
  for (const name of PUBLISHED) {
    const [source, target] = [join(ROOT, 'packages', name), join(folder, name)];
    mkdirSync(target, { recursive: true });
    cpSync(join(compiled, 'packages', name, 'src'), join(target, 'dist'), { recursive: true });
    for (const path of globSync(ASSETS, { cwd: source })) {
      const place = join(target, path.replace(/^src/, 'dist'));
      mkdirSync(dirname(place), { recursive: true });
      cpSync(join(source, path), place);
    }
    cpSync(join(source, 'README.md'), join(target, 'README.md'));
    cpSync(join(ROOT, 'LICENSE'), join(target, 'LICENSE'));
    const manifest = `${JSON.stringify(publishedManifest(name, version), undefined, 2)}\n`;
    writeFileSync(join(target, 'package.json'), manifest);
  }
  rmSync(compiled, { recursive: true });
}

function publishedManifest(name: Published, version: string): Readonly<Record<string, unknown>> {
  const { private: _, nx: __, devDependencies: ___, ...manifest } = manifestOf(name);
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
  const exports = Object.entries(entriesOf(manifest as Manifest)).map(([subpath, path]) => {
    const built = path.replace(/^src\/(.*)\.ts$/, './dist/$1');
    return [subpath, { types: `${built}.d.ts`, default: `${built}.js` }] as const;
  });
  return {
    ...manifest,
    version,
    repository: { type: 'git', url: 'git+https://github.com/splitlevel/splitlevel.git', directory: `packages/${name}` },
    engines: { node: `>=${root.devDependencies?.node?.split('.')[0] ?? 24}` },
    files: ['dist'],
    exports: Object.fromEntries(exports),
    ...(manifest.dependencies ? { dependencies: withOwn(manifest.dependencies, version) } : {}),
  };
}

/** Dependencies, those on packages of this repository at the version that all of them have. */
function withOwn(dependencies: Readonly<Record<string, string>>, version: string): Readonly<Record<string, string>> {
  const entries = Object.entries(dependencies);
  return Object.fromEntries(entries.map(([name, range]) => [name, name.startsWith('@splitlevel/') ? version : range]));
}
