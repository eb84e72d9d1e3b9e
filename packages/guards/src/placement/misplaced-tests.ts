import { findWorkspace } from '../inputs/find-workspace.ts';
import { inWorkspace } from '../inputs/projects.ts';
import { asPatterns } from './left-tests.ts';
import {
  candidateFolders,
  type PackagePlaces,
  packageFolderOf,
  packagePlaces,
  strayFolders,
} from './package-places.ts';

const looksLikeTest = /\.(test|spec)\.([cm]?[jt]sx?)$/;
const runsAsTest = /\.test\.ts$/;

/** One of the suites that the preset makes. */
export type Suite = 'unit' | 'integration';

/** Where the suites look in a package, as a path in it. */
const inPackage = /^(src|integration)\//;
/** Where each suite looks beside packages. Projects of the repository's own, in other folders of test/, are like integration. */
const besidePackages: Readonly<Record<Suite, RegExp>> = { unit: /^generators\//, integration: /^test\/[^/]+\// };

const anyTest = '*.{test,spec}.?(c|m)[jt]s?(x)';
/** Names that look like tests, and that no suite runs. */
const otherTest = '*.{spec.?(c|m)[jt]s?(x),test.{[cm]ts,[cm]js,js,jsx,tsx}}';

/**
 * Patterns by which each suite finds misplaced tests too, so that `refuseMisplacedTest` fails each in its own package, in the
 * suite whose inputs have it. `npm run standard` reports them itself, and sets `TESTKIT_MISPLACED_TESTS=ignore` for its run.
 * @param strays folders beside packages that have no package.json, whose tests are all in the root's unit suite
 * @param elsewhere folders of test/ whose tests other projects run
 */
export function misplacedPatterns(
  { patterns, parents }: PackagePlaces,
  strays: readonly string[],
  elsewhere: readonly string[] = [],
): {
  readonly unit: readonly string[];
  readonly integration: readonly string[];
} {
  if (process.env.TESTKIT_MISPLACED_TESTS === 'ignore') {
    return { unit: [], integration: [] };
  }
  const others = [...new Set(parents.map((parent) => parent.split('/')[0] as string))];
  return {
    unit: [
      ...patterns.flatMap((place) => [
        `${place}/${anyTest}`,
        `${place}/!(integration|migrations|node_modules)/**/${anyTest}`,
      ]),
      ...['', 'test/', ...parents.map((parent) => `${parent}/`)].map((place) => place + anyTest),
      `!(${[...others, 'templates', 'tmp', 'test', 'node_modules'].join('|')})/**/${anyTest}`,
      `test/!(${['integration', ...elsewhere].join('|')})/**/${anyTest}`,
      ...elsewhere.map((folder) => `test/${folder}/**/${otherTest}`),
      ...asPatterns(strays).map((folder) => `${folder}/!(node_modules)/**/${anyTest}`),
    ],
    integration: [
      ...patterns.flatMap((place) => [`${place}/migrations/**/${anyTest}`, `${place}/integration/**/${otherTest}`]),
      `test/integration/**/${otherTest}`,
    ],
  };
}

/**
 * Called before a test file is imported.
 * @param file its path
 * @param suite that found it
 * @throws {Error} when no suite looks where it lies, its name is not one of theirs, or no package has it.
 */
export function refuseMisplacedTest(file: string, suite: Suite): void {
  if (!looksLikeTest.test(file)) {
    return;
  }
  const root = findWorkspace(file);
  const path = root === undefined ? undefined : inWorkspace(root, file);
  if (root === undefined || path === undefined) {
    return;
  }
  // Looks at no folder for a test that lies beside packages as it should.
  const isBeside = besidePackages[suite].test(path);
  const folder = isBeside ? undefined : packageFolderOf(root, path);
  const stray = isBeside || folder !== undefined ? undefined : strayOf(root, path);
  const problem = stray === undefined ? problemOf(path, suite, folder) : strayProblem(path, stray);
  if (problem) {
    throw new Error(problem);
  }
}

/** The folder beside packages, without a package.json, that a path is in. */
function strayOf(root: string, path: string): string | undefined {
  return strayFolders(root, candidateFolders(root, packagePlaces(root))).find((folder) =>
    path.startsWith(`${folder}/`),
  );
}

function strayProblem(path: string, folder: string): string {
  return `${path}: ${folder} has no package.json, so that no target runs its tests. Give it one with its targets, as the generators make it, or move the test into a package.`;
}

/**
 * The problem of a test file at this path (from the workspace, with slashes), or undefined.
 * @param folder of the package that it is in, if it is in one
 */
export function problemOf(path: string, suite: Suite, folder?: string): string | undefined {
  const isInPlace =
    folder === undefined ? besidePackages[suite].test(path) : inPackage.test(path.slice(folder.length + 1));
  if (!isInPlace) {
    const [unit, integration] = placesFor(folder);
    return `${path}: no suite looks here. Move it beside the code in ${unit} (a unit test), or to ${integration} (an integration test).`;
  }
  if (runsAsTest.test(path)) {
    return undefined;
  }
  return `${path}: test files are named *.test.ts here. Rename it to ${path.replace(looksLikeTest, '.test.ts')}.`;
}

function placesFor(folder: string | undefined): [unit: string, integration: string] {
  return folder === undefined
    ? ["generators/ or a package's src/", "test/integration/ or a package's integration/"]
    : [`${folder}/src/`, `${folder}/integration/`];
}
