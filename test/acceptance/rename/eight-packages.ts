import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../scratch-workspace.ts';
import type { OwnedWorkspace } from './owned-workspace.ts';

/** The eight packages, each with its next name. No name says anything else in this workspace, but `ledgers`. */
export const NEXT = {
  abacus: 'counter',
  quotas: 'portions',
  ledgers: 'journals',
  larder: 'pantry',
  turnstile: 'barrier',
  bazaar: 'souk',
  'ledgers-archive': 'journals-archive',
  gazette: 'bulletin',
} as const;

export const NAMES = Object.keys(NEXT) as readonly (keyof typeof NEXT)[];

const MAKING = [
  ['library', { name: 'abacus' }],
  ['library', { name: 'quotas', integration: true }],
  ['service', { name: 'ledgers', upstream: ['rates'], cache: 'redis' }],
  ['service', { name: 'larder', entity: 'jar', database: 'mariadb', broker: 'rabbitmq' }],
  ['service', { name: 'turnstile', entity: 'visit', database: 'none' }],
  ['service', { name: 'bazaar', entity: 'stall' }],
  ['entity', { name: 'trader', package: 'bazaar', field: ['age:integer?'] }],
  ['stub', { name: 'trees', package: 'bazaar', spec: join(repositoryRoot, 'test/stubs/documents/tree.json') }],
  ['fixture', { package: 'bazaar', kind: 'nats' }],
  ['library', { name: 'ledgers-archive' }],
  ['library', { name: 'gazette', integration: true }],
] as const;

/** Their owner's files and additions, by path. */
const OWNED = {
  'README.md': `# A workspace

- [abacus](packages/abacus/README.md) (\`@splitlevel/abacus\`) counts, and \`npx nx unit abacus\` tests it.
- [ledgers](./packages/ledgers) and [its archive](packages/ledgers-archive/README.md)
- The ledgers of old are nobody's.
`,
  'handbook/start.md': `[Back](../README.md), or on to the [market](../packages/bazaar/README.md).

\`\`\`sh
npx nx dev ledgers          # the ledgers
npx nx run-many -t unit integration -p ledgers,ledgers-archive,quotas
npx nx run larder:integration
npx plop entity fee --package bazaar
docker build -f packages/turnstile/Dockerfile .
\`\`\`
`,
  CODEOWNERS: '/packages/ledgers/ @money\n/packages/ledgers-archive/ @history\n/packages/gazette @press\n',
  'packages/README.md': '- [Gazette](gazette/README.md)\n- [Larder](./larder/README.md)\n',
  'packages/gazette/src/thirds.ts': `import { splitEvenly } from '@splitlevel/abacus';
import { splitEvenly as split } from '@splitlevel/ledgers-archive';

/** The three parts of an amount, which @splitlevel/quotas has another view of. */
export function thirds(amount: bigint): readonly bigint[] {
  return amount < 0n ? split(amount, 3) : splitEvenly(amount, 3);
}
`,
  'packages/gazette/src/thirds.test.ts': `import { expect, test } from 'vitest';
import { thirds } from './thirds.ts';

test('the parts of an amount are its thirds', () => {
  expect(thirds(9n)).toEqual([3n, 3n, 3n]);
});
`,
} as const;

/** What must stay as it is, whatever is renamed. */
export const LOOK_ALIKES = `@splitlevel/old-ledgers, @splitlevel-old/abacus, @splitlevel/abacus-two, packages/abacuses, apps/ledgers,
old-packages/ledgers, npx nx unit ledgers-two; the ledgers, an abacus; ledgers/README.md
`;

/** The dependencies by package.json, and those of Nx. */
const DEPENDENCIES = {
  quotas: { devDependencies: ['abacus'] },
  ledgers: { dependencies: ['abacus', 'quotas'] },
  larder: { implicitDependencies: ['ledgers'] },
  bazaar: { dependencies: ['abacus'], implicitDependencies: ['turnstile', 'larder'] },
  gazette: { dependencies: ['abacus', 'ledgers-archive'], implicitDependencies: ['bazaar'] },
} as const;

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  nx: { implicitDependencies?: readonly string[] };
}

/** Makes the packages, and what their owner does with them; all is committed. */
export async function makeEightPackages(workspace: OwnedWorkspace): Promise<void> {
  for (const [generator, given] of MAKING) {
    await workspace.plop(generator, given);
  }
  workspace.commit();
  for (const [path, text] of Object.entries(OWNED)) {
    await workspace.write(path, text);
  }
  await workspace.write('handbook/look-alikes.md', LOOK_ALIKES);
  for (const name of NAMES) {
    const readme = `packages/${name}/README.md`;
    await workspace.write(
      readme,
      `${await workspace.read(readme)}\nWe of @splitlevel/${name} are in \`packages/${name}\`.\n`,
    );
  }
  for (const [name, { implicitDependencies, ...kinds }] of Object.entries<Dependencies>(DEPENDENCIES)) {
    const path = `packages/${name}/package.json`;
    const manifest = JSON.parse(await workspace.read(path)) as Manifest;
    for (const [kind, names] of Object.entries(kinds)) {
      const own = Object.fromEntries(names.map((each) => [`@splitlevel/${each}`, '*']));
      manifest[kind as 'dependencies'] = { ...manifest[kind as 'dependencies'], ...own };
    }
    if (implicitDependencies !== undefined) {
      manifest.nx.implicitDependencies = implicitDependencies;
    }
    await workspace.write(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  const { code, stderr } = await workspace.run('biome', ['check', '--write', 'packages/gazette', 'packages/bazaar']);
  if (code !== 0) {
    throw new Error(stderr);
  }
  workspace.commit();
}

type Dependencies = Partial<Record<'dependencies' | 'devDependencies' | 'implicitDependencies', readonly string[]>>;

/** Links packages where npm would, so that they find each other. */
export async function linkPackages(root: string, names: readonly string[]): Promise<void> {
  const folder = join(root, 'node_modules/@splitlevel');
  await mkdir(folder, { recursive: true });
  await Promise.all(names.map((name) => symlink(`../../packages/${name}`, join(folder, name))));
}
