import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FileReport, runVitest } from '../src/observed/run-vitest.ts';

const guards = resolve(import.meta.dirname, '../src');

/** A workspace with the rules of this one and two packages: notes, and sums, on which notes depends where it says so. */
export interface NotesWorkspace {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Links a path of the workspace to another. */
  link(path: string, to: string): Promise<void>;
  /** Runs test files of one of the suites under its guard, in one run; the reports are in their order. */
  run(suite: 'unit' | 'integration', ...paths: string[]): Promise<FileReport[]>;
}

/** @param declared what notes declares, by the groups of package.json */
export async function notesWorkspace(declared: object = {}): Promise<NotesWorkspace> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'testkit-notes-')));
  onTestFinished(() => rm(root, { recursive: true }));
  const manifest = (name: string, rest: object = {}): string =>
    JSON.stringify({ name: `@acme/${name}`, type: 'module', exports: './src/index.ts', nx: { name }, ...rest });
  const workspace: NotesWorkspace = {
    root,
    async write(files) {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), content);
      }
    },
    async link(path, to) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await symlink(join(root, to), join(root, path));
    },
    async run(suite, ...paths) {
      const config = join(root, 'vitest.config.ts');
      const setup = `${guards}/${suite}.ts`;
      const pool = suite === 'unit' ? 'threads' : 'forks';
      const test = { root, pool, isolate: false, include: ['packages/**/*.test.ts'], setupFiles: [setup] };
      await writeFile(config, `export default ${JSON.stringify({ test })};`);
      const { files, output } = await runVitest(config, paths);
      return paths.map((path) => {
        const report = files[basename(path)];
        if (report === undefined) {
          throw new Error(`${path} was not run:\n${output}`);
        }
        return report;
      });
    },
  };
  await workspace.write({
    'package.json': JSON.stringify({ name: '@acme/workspace', workspaces: ['packages/*'], type: 'module' }),
    'nx.json': await readFile(resolve(import.meta.dirname, '../../../nx.json'), 'utf8'),
    '.gitignore': 'node_modules/\n*.log\n',
    'images.json': '{ "redis": "redis:8-alpine" }',
    'packages/notes/package.json': manifest('notes', declared),
    'packages/notes/README.md': '# notes',
    'packages/notes/migrations/001-a.sql': 'create table a (id int);',
    'packages/notes/src/last.log': 'a line',
    'packages/notes/src/prompts/greeting.md': 'Hello {{name}}\n',
    'packages/sums/package.json': manifest('sums'),
    'packages/sums/src/index.ts': 'export const three = [1, 2, 3];\nexport type Three = number[];\n',
    'packages/sums/src/index.test.ts': '',
    'docs/shared.txt': 'shared',
  });
  const modules = resolve(import.meta.dirname, '../../../node_modules');
  await mkdir(join(root, 'node_modules/@acme'), { recursive: true });
  for (const name of ['vitest', 'vite', 'pg', 'zod', 'bignumber.js']) {
    await symlink(join(modules, name), join(root, 'node_modules', name));
  }
  await workspace.link('node_modules/@acme/sums', 'packages/sums');
  return workspace;
}
