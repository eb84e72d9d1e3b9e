import type { PackageManager } from './package-manager.ts';

const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline'];

export const npm: PackageManager = {
  name: 'npm',
  version: undefined,
  lockfile: 'package-lock.json',
  workspacesFile: 'package.json',
  workspaceVersion: '*',
  installsNode: true,
  commands: {
    install: 'install',
    installQuietly: ['install', ...QUIETLY],
    lock: ['install', '--package-lock-only', '--ignore-scripts', ...QUIETLY],
    frozen: 'npm ci',
    production: (folder) =>
      `npm ci --omit=dev --workspace=${folder} --include-workspace-root=false --ignore-scripts --no-audit --no-fund`,
    addDevelopment: 'npm install --save-dev --save-exact',
    run: 'npm run',
    runSilently: 'npm run --silent',
    test: 'npm test',
    local: 'npx',
    plop: 'npx plop',
  },
  scriptsField: (scripts) => ({ allowScripts: scripts }),
  ci: {
    setUp: undefined,
    setupNodeCache: 'npm',
    cacheVariable: 'npm_config_cache',
    cacheFolder: '.npm',
  },
};
