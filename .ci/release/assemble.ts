import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile } from './compile.ts';
import {
  builtPath,
  entriesOf,
  manifestOf,
  PUBLISHED,
  type Published,
  plainFoldersOf,
  ROOT,
  rootManifest,
} from './packages.ts';

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
    if (name === 'generators') {
      assemblePack(compiled, join(target, 'dist'), version);
    } else {
      cpSync(join(compiled, 'packages', name, 'src'), join(target, 'dist'), { recursive: true });
    }
    for (const plain of plainFoldersOf(name)) {
      cpSync(join(source, plain), join(target, plain), { recursive: true });
    }
    if ('executors' in manifestOf(name)) {
      pointToBuilt(join(target, String(manifestOf(name).executors)));
    }
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

/** Names the compiled files in place of the sources in a description of Nx executors. */
function pointToBuilt(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/"\.\.\/src\/([^"#]+)\.ts/g, '"../dist/$1.js'));
}

/** The root's generators and templates, beside the package.json that says the versions of libraries. */
function assemblePack(compiled: string, folder: string, version: string): void {
  for (const part of ['generators', 'packages/generators']) {
    cpSync(join(compiled, part), join(folder, part), { recursive: true });
  }
  cpSync(join(ROOT, 'templates'), join(folder, 'templates'), { recursive: true });
  const libraries = Object.entries(rootManifest().devDependencies).filter(
    ([name]) => !/^(@splitlevel\/|splitlevel$)/.test(name),
  );
  const manifest = {
    name: 'pack',
    version,
    private: true,
    type: 'module',
    devDependencies: Object.fromEntries(libraries),
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function publishedManifest(name: Published, version: string): Readonly<Record<string, unknown>> {
  const { private: _, nx: __, devDependencies: ___, ...manifest } = manifestOf(name);
  const exports = Object.entries(entriesOf(manifest)).map(([subpath, path]) => {
    if (!path.endsWith('.ts')) {
      return [subpath, `./${path}`] as const;
    }
    const built = `./${builtPath(name, path)}`;
    return [subpath, { types: built.replace(/\.js$/, '.d.ts'), default: built }] as const;
  });
  return {
    ...manifest,
    version,
    repository: { type: 'git', url: 'git+https://github.com/splitlevel/splitlevel.git', directory: `packages/${name}` },
    // Where it says so itself it brings a Node along, and only starts on the machine's.
    engines: manifest.engines ?? { node: `>=${rootManifest().devDependencies.node?.split('.')[0] ?? 24}` },
    files: ['dist', ...plainFoldersOf(name)],
    exports: Object.fromEntries(exports),
    ...(manifest.dependencies ? { dependencies: withOwn(manifest.dependencies, version) } : {}),
    ...(manifest.peerDependencies ? { peerDependencies: withOwn(manifest.peerDependencies, version) } : {}),
  };
}

/** Dependencies, those on packages of this repository at the version that all of them have. */
function withOwn(dependencies: Readonly<Record<string, string>>, version: string): Readonly<Record<string, string>> {
  const entries = Object.entries(dependencies);
  return Object.fromEntries(entries.map(([name, range]) => [name, /^@splitlevel\//.test(name) ? version : range]));
}
