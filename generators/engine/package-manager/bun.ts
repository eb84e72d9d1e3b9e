import { type PackageManager, setUpBy } from './package-manager.ts';

export const bun: PackageManager = {
  name: 'bun',
  version: '1.4.5',
  lockfile: 'bun.lock',
  workspacesFile: 'package.json',
  workspaceVersion: 'workspace:*',
  installsNode: true,
  commands: {
    install: 'install',
    installQuietly: ['install', '--prefer-offline', '--no-progress'],
    lock: ['install', '--lockfile-only', '--ignore-scripts', '--prefer-offline', '--no-progress'],
    frozen: 'bun install --frozen-lockfile',
    production: (folder) =>
      `${setUpBy('bun')} && bun install --production --frozen-lockfile --ignore-scripts --filter ./${folder}`,
    addDevelopment: 'bun add --dev --exact',
    run: 'bun run',
    runSilently: 'bun run --silent',
    // `bun test` is a runner of its own.
    test: 'bun run test',
    local: 'bunx',
    plop: 'bunx plop',
  },
  scriptsField: (scripts) => {
    const allowed = Object.entries(scripts).filter(([, runs]) => runs);
    return { trustedDependencies: allowed.map(([name]) => name) };
  },
  ci: {
    setUp: setUpBy('bun'),
    setupNodeCache: undefined,
    cacheVariable: 'BUN_INSTALL_CACHE_DIR',
    cacheFolder: '.bun',
  },
};
