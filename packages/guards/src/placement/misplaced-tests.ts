import { join } from 'node:path';
import { files } from '../inputs/files.ts';
import { findWorkspace } from '../inputs/find-workspace.ts';
import { inWorkspace } from '../inputs/projects.ts';
import { asPatterns } from './left-tests.ts';

const looksLikeTest = /\.(test|spec)\.([cm]?[jt]sx?)$/;
const runsAsTest = /\.test\.ts$/;

const inPackages = /^packages\/([^/]+)\//;

/** Where the suites look, as paths from the workspace: see the `include` patterns of vitest.config.ts. */
const places = [
  /^packages\/[^/]+\/(src|integration)\//,
  /^generators\//,
  /^test\/(integration|acceptance|ci|matrix|planted-bugs|registry|stubs)\//,
];

const anyTest = '*.{test,spec}.?(c|m)[jt]s?(x)';
/** Names that look like tests, and that no suite runs. */
const otherTest = '*.{spec.?(c|m)[jt]s?(x),test.{[cm]ts,[cm]js,js,jsx,tsx}}';

/**
 * Patterns by which each suite finds misplaced tests too, so that `refuseMisplacedTest` fails each in its own package,
 * in the suite whose inputs have it. `npm run standard` reports them itself, and sets `TESTKIT_MISPLACED_TESTS=ignore`
 * for its run.
 * @param strays folders of packages/ without a package.json, whose tests are all in the root's unit suite
 */
export function misplacedPatterns(strays: readonly string[]): {
  readonly unit: readonly string[];
  readonly integration: readonly string[];
} {
  if (process.env.TESTKIT_MISPLACED_TESTS === 'ignore') return { unit: [], integration: [] };
  const suites = 'integration|acceptance|ci|matrix|planted-bugs|registry|stubs';
  return {
    unit: [
      `packages/*/${anyTest}`,
      `packages/*/!(integration|migrations|node_modules)/**/${anyTest}`,
      `{,packages/,test/}${anyTest}`,
      `!(packages|templates|tmp|test|node_modules)/**/${anyTest}`,
      `test/!(${suites})/**/${anyTest}`,
      `test/{${suites.replaceAll('|', ',')}}/**/${otherTest}`,
      ...asPatterns(strays).map((name) => `packages/${name}/!(node_modules)/**/${anyTest}`),
    ],
    integration: [`packages/*/migrations/**/${anyTest}`, `packages/*/integration/**/${otherTest}`],
  };
}

/** The folders of packages/ without a package.json. */
export function strayFolders(root: string): readonly string[] {
  const folders = files.existsSync(join(root, 'packages'))
    ? files.readdirSync(join(root, 'packages'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return folders.map(({ name }) => name).filter((name) => !isPackage(root, name));
}

function isPackage(root: string, name: string): boolean {
  return files.existsSync(join(root, 'packages', name, 'package.json'));
}

/**
 * Called before a test file is imported.
 * @param file its path
 * @throws {Error} when no suite looks where it lies, its name is not one of theirs, or no package has it.
 */
export function refuseMisplacedTest(file: string): void {
  if (!looksLikeTest.test(file)) return;
  const root = findWorkspace(file);
  const path = root === undefined ? undefined : inWorkspace(root, file);
  if (root === undefined || path === undefined) return;
  const [, name] = inPackages.exec(path) ?? [];
  const problem = name === undefined || isPackage(root, name) ? problemOf(path) : strayProblem(path, name);
  if (problem) throw new Error(problem);
}

function strayProblem(path: string, name: string): string {
  return `${path}: packages/${name} has no package.json, so that no target runs its tests. Give it one with its targets, as the generators make it, or move the test into a package.`;
}

/** The problem of a test file at this path (from the workspace, with slashes), or undefined. */
export function problemOf(path: string): string | undefined {
  if (!places.some((place) => place.test(path))) {
    const [unit, integration] = placesFor(path);
    return `${path}: no suite looks here. Move it beside the code in ${unit} (a unit test), or to ${integration} (an integration test).`;
  }
  if (runsAsTest.test(path)) return undefined;
  return `${path}: test files are named *.test.ts here. Rename it to ${path.replace(looksLikeTest, '.test.ts')}.`;
}

function placesFor(path: string): [unit: string, integration: string] {
  const [, name] = inPackages.exec(path) ?? [];
  if (name) return [`packages/${name}/src/`, `packages/${name}/integration/`];
  return ['generators/ or packages/*/src/', 'test/integration/ or packages/*/integration/'];
}
