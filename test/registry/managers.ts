import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { managerNamed } from '../../generators/engine/package-manager/managers.ts';
import type { Registry } from './registry.ts';
import type { Creator } from './repository.ts';
import { runCommand } from './run-command.ts';

/** The package managers other than npm, which comes with Node, as packages of the registry. */
const PACKAGES = { pnpm: 'pnpm', yarn: '@yarnpkg/cli-dist', bun: 'bun' } as const;

export type OtherManager = keyof typeof PACKAGES;

/** Package managers, installed for themselves in the versions that new repositories name. */
export interface Managers {
  /** How one of them makes a repository with the packages of a registry on loopback. */
  creator(name: OtherManager, registry: Registry): Creator;
  remove(): Promise<void>;
}

export async function installManagers(): Promise<Managers> {
  const folder = await mkdtemp(join(tmpdir(), 'splitlevel-managers-'));
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const wanted = Object.entries(PACKAGES).map(
    ([name, published]) => `${published}@${managerNamed(name as OtherManager).version}`,
  );
  await runCommand(folder, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...wanted]);
  return {
    creator: (name, { url }) => ({
      command: `${name} create`,
      separator: '',
      environment: {
        // Their Node is the one of this run: Yarn cannot install another, and the machine's may be too old to make a repository.
        PATH: [join(folder, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
        // The registry need not have pnpm itself for every platform, which `packageManager` has it look for.
        pnpm_config_pm_on_fail: 'ignore',
        YARN_NPM_REGISTRY_SERVER: url,
        YARN_UNSAFE_HTTP_WHITELIST: new URL(url).hostname,
        // What was published a minute ago is refused otherwise.
        YARN_NPM_MINIMAL_AGE_GATE: '0',
      },
    }),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}
