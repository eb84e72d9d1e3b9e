import { type PackageManager, setUpBy } from './package-manager.ts';

/** Else it refuses to change the lockfile where the variable CI is set. */
const CHANGING = '--no-frozen-lockfile';

export const pnpm: PackageManager = {
  name: 'pnpm',
  version: '12.21.0',
  lockfile: 'pnpm-lock.yaml',
  workspacesFile: 'pnpm-workspace.yaml',
  workspaceVersion: 'workspace:*',
  installsNode: true,
  commands: {
    install: 'install',
    installQuietly: ['install', CHANGING, '--prefer-offline', '--reporter=append-only'],
    lock: ['install', '--lockfile-only', '--ignore-scripts', CHANGING, '--prefer-offline', '--reporter=append-only'],
    frozen: 'pnpm install --frozen-lockfile',
    production: (folder) =>
      `${setUpBy('pnpm')} && pnpm install --prod --frozen-lockfile --ignore-scripts --filter ./${folder}...`,
    addDevelopment: 'pnpm add --workspace-root --save-dev --save-exact',
    run: 'pnpm run',
    runSilently: 'pnpm --silent run',
    test: 'pnpm test',
    local: 'pnpm exec',
    plop: 'pnpm exec plop',
  },
  // `allowBuilds` of pnpm-workspace.yaml.
  scriptsField: () => undefined,
  ci: {
    setUp: setUpBy('pnpm'),
    setupNodeCache: 'pnpm',
    cacheVariable: 'pnpm_config_store_dir',
    cacheFolder: '.pnpm-store',
  },
};
