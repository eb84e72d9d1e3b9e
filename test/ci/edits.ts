import { type MarkedWorkspace, packages } from './marked-workspace.ts';

const names = Object.keys(packages);

/** Takes one of these. */
export type Choice = (from: readonly string[]) => string;
type Edit = (workspace: MarkedWorkspace, choose: Choice, files: readonly string[]) => Promise<unknown>;

/** Edits that developers make to files, by name; frequent ones are there more than once. */
export const edits: readonly (readonly [string, Edit])[] = [
  ...Array.from({ length: 4 }, (): readonly [string, Edit] => [
    'change',
    async (workspace, choose, files) => workspace.append(choose(files)),
  ]),
  ['delete', async (workspace, choose, files) => workspace.git('rm', '--quiet', choose(spare(files)))],
  [
    'rename',
    async (workspace, choose, files) => {
      const file = choose(spare(files));
      return workspace.git('mv', file, `${file}.${choose(['old.ts', 'md', 'test.ts'])}`);
    },
  ],
  [
    'create',
    async (workspace, choose) => {
      const folder = choose([
        '',
        'src/',
        'src/deep/',
        'src/prompts/',
        'integration/',
        'integration/stubs/rates/',
        'migrations/',
        'rules/',
        'docs/',
        '.config/',
      ]);
      const name = choose([
        'a.ts',
        'a.test.ts',
        'a.json',
        'a.md',
        'a.xyz',
        '.hidden',
        'Makefile',
        'a.sql',
        'a.snap',
        'ä b.txt',
      ]);
      return workspace.clone.write(`packages/${choose(names)}/${folder}${name}`, crypto.randomUUID());
    },
  ],
  [
    'create outside of the packages',
    async (workspace, choose) =>
      workspace.clone.write(
        `${choose(['docs/', 'scripts/', ''])}${choose(['a.txt', 'b.md', 'c.json', 'd.ts'])}`,
        crypto.randomUUID(),
      ),
  ],
  [
    // What runs refuses these two, so that no verdict may depend on what they lead to.
    'import by a relative path',
    async (workspace, choose, files) =>
      workspace.append(
        choose(files.filter((file) => /^packages\/(catalog|stock|search)\/src\/.*\.ts$/.test(file))),
        "\nimport '../../money/src/index.ts';\n",
      ),
  ],
  [
    'link',
    async (workspace, choose) => {
      const to = choose(['../../money/src/index.ts', '../README.md', '../../../images.json', './main.ts']);
      return workspace.clone.run('ln', [
        '-sfn',
        to,
        `packages/${choose(['catalog', 'stock', 'search'])}/src/linked.ts`,
      ]);
    },
  ],
  [
    'depend',
    async (workspace, choose) =>
      workspace.edit(`packages/${choose(['catalog', 'stock', 'search'])}/package.json`, (manifest) => {
        manifest.dependencies['@splitlevel/money'] = manifest.dependencies['@splitlevel/money'] ? undefined : '*';
      }),
  ],
  [
    'upgrade',
    async (workspace, choose) =>
      workspace.edit('package-lock.json', (lock) => {
        lock.packages[`node_modules/${choose(['zod', 'kysely', 'fastify', 'pg', 'bignumber.js'])}`].integrity =
          crypto.randomUUID();
      }),
  ],
  [
    'pin',
    async (workspace, choose) =>
      workspace.edit('images.json', (images) => {
        images[choose(['postgres', 'wiremock'])] = `image:${crypto.randomUUID()}`;
      }),
  ],
];

/** Files that may go without breaking the workspace itself. */
function spare(files: readonly string[]): string[] {
  return files.filter((file) => /^packages\/(?!testkit|ci|splitlevel)/.test(file) && !file.endsWith('package.json'));
}

/** Those that may change without breaking the workspace itself. */
export async function editableFiles(workspace: MarkedWorkspace): Promise<string[]> {
  const tracked = (await workspace.git('ls-files', '-z')).split('\0').filter(Boolean);
  const atRoot = [
    'vitest.config.ts',
    '.env',
    'tsconfig.json',
    'biome.json',
    'README.md',
    'CONTRIBUTING.md',
    '.gitignore',
  ];
  return tracked.filter(
    (file) =>
      atRoot.includes(file) ||
      (/^packages\/(?!ci\/)/.test(file) &&
        !/(^|\/)(package|tsconfig|executors?)\.json$|runtime|\/linked\.ts$/.test(file)),
  );
}
