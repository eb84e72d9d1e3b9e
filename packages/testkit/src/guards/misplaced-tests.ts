import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findWorkspace, inWorkspace } from './inputs/projects.ts';
import { leftTests } from './left-tests.ts';

const looksLikeTest = /\.(test|spec)\.([cm]?[jt]sx?)$/;
const runsAsTest = /\.test\.ts$/;
/** Folders without tests of the workspace; templates/ holds the test files of packages to come. */
const skipped = /^(\.|node_modules$|dist$|coverage$)/;
const skippedAtRoot = new Set(['templates', 'tmp']);

/** Where the suites look, as paths from the workspace: see the `include` patterns of vitest.config.ts. */
const places = [
  /^packages\/[^/]+\/(src|integration)\//,
  /^generators\//,
  /^test\/(integration|acceptance|ci|matrix|planted-bugs|stubs)\//,
];

const anyTest = '*.{test,spec}.?(c|m)[jt]s?(x)';
/** What looks like a test where tests of this name are run by none of the suites. */
const otherTest = '*.{spec.?(c|m)[jt]s?(x),test.{[cm]ts,[cm]js,js,jsx,tsx}}';

/**
 * Patterns by which each suite finds misplaced tests too, so that `refuseMisplacedTest` fails each in its own package, in the
 * suite whose inputs have it. `npm run standard` reports them itself, and sets `TESTKIT_MISPLACED_TESTS=ignore` for its run.
 */
export function misplacedPatterns(): { readonly unit: readonly string[]; readonly integration: readonly string[] } {
  if (process.env.TESTKIT_MISPLACED_TESTS === 'ignore') return { unit: [], integration: [] };
  const suites = 'integration|acceptance|ci|matrix|planted-bugs|stubs';
  return {
    unit: [
      `packages/*/${anyTest}`,
      `packages/*/!(integration|migrations|node_modules)/**/${anyTest}`,
      `{,packages/,test/}${anyTest}`,
      `!(packages|templates|tmp|test|node_modules)/**/${anyTest}`,
      `test/!(${suites})/**/${anyTest}`,
      `test/{${suites.replaceAll('|', ',')}}/**/${otherTest}`,
    ],
    integration: [`packages/*/migrations/**/${anyTest}`, `packages/*/integration/**/${otherTest}`],
  };
}

/**
 * Called before a test file is imported.
 * @param file its path
 * @throws Error when no suite looks where it lies, or its name is not one of theirs.
 */
export function refuseMisplacedTest(file: string): void {
  if (!looksLikeTest.test(file)) return;
  const root = findWorkspace(file);
  const path = root === undefined ? undefined : inWorkspace(root, file);
  const problem = path === undefined ? undefined : problemOf(path);
  if (problem) throw new Error(problem);
}

/** One sentence for each test file that no suite runs, with the places where it could be. What adopting left is told elsewhere. */
export function findMisplacedTests(root: string): string[] {
  const left = new Set(leftTests(root));
  const problems: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!skipped.test(entry.name) && !(folder === '' && skippedAtRoot.has(entry.name))) visit(path);
      } else if (looksLikeTest.test(entry.name) && !left.has(path)) {
        const problem = problemOf(path);
        if (problem) problems.push(problem);
      }
    }
  };
  visit('');
  return problems.sort();
}

/** What is wrong with a test file of this path (from the workspace, with slashes), or undefined. */
export function problemOf(path: string): string | undefined {
  if (!places.some((place) => place.test(path))) {
    const [unit, integration] = placesFor(path);
    return `${path}: no suite looks here. Move it beside the code in ${unit} (a unit test), or to ${integration} (an integration test).`;
  }
  if (runsAsTest.test(path)) return undefined;
  return `${path}: test files are named *.test.ts here. Rename it to ${path.replace(looksLikeTest, '.test.ts')}.`;
}

function placesFor(path: string): [unit: string, integration: string] {
  const [, name] = /^packages\/([^/]+)\//.exec(path) ?? [];
  if (name) return [`packages/${name}/src/`, `packages/${name}/integration/`];
  return ['generators/ or packages/*/src/', 'test/integration/ or packages/*/integration/'];
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // A folder that went away while it was walked holds no tests; one that cannot be read holds none that Vitest could.
    if (['ENOENT', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
