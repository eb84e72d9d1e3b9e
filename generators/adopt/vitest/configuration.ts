import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { ViteUserConfig } from 'vitest/config';

/** The author's configuration, as far as Vitest does not tell it itself. */
export interface Configuration {
  /** The file that Vitest is to read; undefined: the one that it finds, or none. */
  readonly configFile?: string;
  readonly keys: readonly string[];
  /** Relative to the package. */
  readonly configFiles: readonly string[];
}

const ENDINGS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];
const CONFIGS = ['vitest', 'vite'].flatMap((name) => ENDINGS.map((ending) => `${name}.config.${ending}`));
const WORKSPACES = ['vitest.workspace', 'vitest.projects'].flatMap((name) =>
  [...ENDINGS, 'json'].map((ending) => `${name}.${ending}`),
);

/**
 * Finds and reads the configuration in the folder of a package, which is a copy: a `vitest.workspace` file, which
 * Vitest has not read since version 4, is read by a configuration that is written beside it.
 */
export async function configurationOf(
  root: string,
  { config }: { config?: string | false | undefined },
): Promise<Configuration> {
  const named = typeof config === 'string' ? config : undefined;
  const own = named ?? CONFIGS.find((name) => existsSync(join(root, name)));
  const workspace = WORKSPACES.find((name) => existsSync(join(root, name)));
  const configFiles = [own, workspace].filter((file) => file !== undefined);
  const configFile = workspace === undefined ? own : writeWithProjects(root, own, workspace);
  if (configFile === undefined) {
    return { keys: [], configFiles };
  }
  const { loadConfigFromFile } = await importVite();
  const loaded = await loadConfigFromFile(
    { command: 'serve', mode: 'test' },
    join(root, configFile),
    root,
    'silent',
  ).catch((cause: Error) => {
    throw new Error(`${configFiles.join(' or ')} cannot be loaded: ${withoutExcerpt(cause.message)}`, { cause });
  });
  const keys = keysOf((loaded?.config ?? {}) as Raw);
  return {
    configFile: join(root, configFile),
    keys,
    configFiles: configFiles.map((file) => relative(root, join(root, file))),
  };
}

/** The bundler's message, without the excerpt: it shows a line of its own making in place of the author's. */
function withoutExcerpt(message: string): string {
  return stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/^\s*(\d+\s*)?[│╭╰─]/u.test(line))
    .join(' ')
    .replace(/ imported from \S*[\\/]\.vite-temp[\\/]\S+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

type Raw = Omit<ViteUserConfig, 'test'> & { readonly test?: Readonly<Record<string, unknown>> };

interface Vite {
  loadConfigFromFile(
    environment: { readonly command: 'serve'; readonly mode: string },
    file: string,
    root: string,
    logLevel: 'silent',
  ): Promise<{ readonly config: ViteUserConfig } | null>;
}

/** The Vite that Vitest brings. */
async function importVite(): Promise<Vite> {
  return (await import(createRequire(import.meta.resolve('vitest/package.json')).resolve('vite'))) as Vite;
}

/** As `test.globals`; of a project, `test.projects: globals`. */
function keysOf({ test = {}, resolve = {}, ...rest }: Raw): readonly string[] {
  const { projects, ...own } = test;
  const inline = (Array.isArray(projects) ? projects : []) as readonly Raw[];
  const ofProjects = inline.filter((each) => typeof each === 'object').flatMap(keysOf);
  return [
    ...new Set([
      ...Object.keys(own).map((key) => `test.${key}`),
      ...(projects === undefined ? [] : ['test.projects']),
      ...Object.keys(resolve).map((key) => `resolve.${key}`),
      ...Object.keys(rest).filter((key) => key !== 'extends'),
      ...ofProjects,
    ]),
  ];
}

function writeWithProjects(root: string, own: string | undefined, workspace: string): string {
  const file = 'splitlevel.vitest.config.mts';
  const text = readFileSync(join(root, workspace), 'utf8');
  if (!workspace.endsWith('.json')) {
    // `defineWorkspace` went with the file that it was for.
    const imported = /import\s*\{[^}]*\bdefineWorkspace\b[^}]*\}\s*from\s*['"]vitest\/config['"];?/;
    writeFileSync(join(root, workspace), text.replace(imported, 'const defineWorkspace = (projects) => projects;'));
  }
  writeFileSync(
    join(root, file),
    [
      "import { defineConfig, mergeConfig } from 'vitest/config';",
      `import projects from './${workspace}'${workspace.endsWith('.json') ? " with { type: 'json' }" : ''};`,
      own === undefined ? 'const own = {};' : `import own from './${own}';`,
      'const base = typeof own === "function" ? await own({ command: "serve", mode: "test" }) : await own;',
      'export default mergeConfig(base, defineConfig({ test: { projects: await projects } }));',
    ].join('\n'),
  );
  return file;
}
