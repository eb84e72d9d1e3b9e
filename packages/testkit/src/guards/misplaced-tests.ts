import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
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

/**
 * Throws when a test file lies where no suite would run it. `npm run standard` reports these itself, with the rest.
 * @param root the workspace's folder
 */
export function refuseMisplacedTests(root: string): void {
  if (process.env.TESTKIT_MISPLACED_TESTS === 'ignore') return;
  const problems = findMisplacedTests(root);
  if (problems.length > 0) throw new Error(`Some tests would never run.\n${problems.join('\n')}`);
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
