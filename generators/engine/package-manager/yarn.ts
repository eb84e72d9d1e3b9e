import { type PackageManager, setUpBy } from './package-manager.ts';

/** The package `yarn` of the registry is Yarn 1. */
const SET_UP = setUpBy('@yarnpkg/cli-dist');
/** Else it refuses to change the lockfile where the variable CI is set. */
const CHANGING = '--no-immutable';

/** Yarn 4, with `nodeLinker: node-modules`. */
export const yarn: PackageManager = {
  name: 'yarn',
  version: '4.18.1',
  lockfile: 'yarn.lock',
  workspacesFile: 'package.json',
  workspaceVersion: 'workspace:*',
  // Yarn runs its install script by the package's own binary, which that script is to make.
  installsNode: false,
  commands: {
    install: 'install',
    installQuietly: ['install', CHANGING],
    lock: ['install', '--mode=update-lockfile', CHANGING],
    frozen: 'yarn install --immutable',
    production: (folder) => `${SET_UP} && cd ${folder} && YARN_ENABLE_SCRIPTS=false yarn workspaces focus --production`,
    addDevelopment: 'yarn add --dev --exact',
    run: 'yarn run',
    runSilently: 'yarn run',
    test: 'yarn test',
    local: 'yarn',
    // Yarn starts what the package plop calls so, whatever lies in node_modules/.bin.
    plop: 'yarn splitlevel',
  },
  scriptsField: (scripts) => {
    // Without a word on a package its script does not run, and Yarn says so at each installation.
    const built = Object.entries(scripts).filter(([name]) => name !== 'node');
    return { dependenciesMeta: Object.fromEntries(built.map(([name, runs]) => [name, { built: runs }])) };
  },
  ci: {
    setUp: SET_UP,
    setupNodeCache: 'yarn',
    cacheVariable: 'YARN_GLOBAL_FOLDER',
    cacheFolder: '.yarn/global',
  },
};
