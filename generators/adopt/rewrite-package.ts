import { posix } from 'node:path';
import { aliasesOf, type Script } from './author.ts';
import type { Observed } from './observe.ts';
import type { AdoptedPackage, SourceFile } from './read-package.ts';
import { type Alias, applyAliases } from './source/aliases.ts';
import { resolveFile } from './source/resolve-file.ts';
import { rewrite, type TestNeeds } from './source/rewrite.ts';
import { setupUse } from './source/setup-file.ts';
import { statementsOf } from './source/syntax.ts';

/** The package, its observed settings and the new places, by which sources are rewritten. */
export interface PackageRewriting {
  readonly adopted: AdoptedPackage;
  readonly observed: Observed;
  /** Where files go, by their present paths. */
  readonly moved: ReadonlyMap<string, string>;
  /** The text of tsconfig.json as it is; undefined where there is none. */
  readonly tsconfig: string | undefined;
  /** Whether imports may leave endings out: the package's module resolution is a bundler's. */
  readonly isBundled: boolean;
}

/** Variables that Vitest or the workspace sets. */
const BY_VITEST = new Set([
  'BASE_URL',
  'DEV',
  'MODE',
  'PROD',
  'SSR',
  'NODE_ENV',
  'NODE_OPTIONS',
  'CI',
  'NO_COLOR',
  'FORCE_COLOR',
]);
const TEST_FOLDER = /(^|\/)(__tests__|__fixtures__|__mocks__|tests?|test-utils|testing|fixtures|integration)\//;

/** The new contents of the sources that change, by their present paths. Files that cannot be parsed are left. */
export function rewriteSources(rewriting: PackageRewriting): ReadonlyMap<string, string> {
  const { adopted, observed } = rewriting;
  const setups = new Set(observed.projects.flatMap(({ setupFiles }) => setupFiles));
  const testSide = reachedByTests(rewriting, setups);
  const texts = [...adopted.sources.values()]
    .filter(({ path, problem }) => problem === undefined && (testSide.has(path) || /^src\//.test(path)))
    .map((source) => [source.path, rewriteSource(source, rewriting, setups, testSide)] as const);
  return new Map(texts.filter(([path, text]) => text !== adopted.sources.get(path)?.text));
}

function rewriteSource(
  { path, text }: SourceFile,
  { adopted, observed, moved, tsconfig, isBundled }: PackageRewriting,
  setups: ReadonlySet<string>,
  testSide: ReadonlySet<string>,
): string {
  const test = observed.tests.get(path);
  const projects = test?.settings === undefined ? observed.projects : [test.settings];
  const aliases = projects.flatMap((project) => aliasesOf(project, observed.keys, tsconfig));
  const completes = test !== undefined || (!isBundled && /\.[cm]?tsx?$/.test(path));
  const workingFolder = testSide.has(path) ? (projects[0]?.root ?? '') : undefined;
  const relocation = {
    from: path,
    to: moved.get(path) ?? path,
    moved,
    aliases,
    workingFolder,
    files: completes || aliases.length > 0 || workingFolder !== undefined ? adopted.files : new Set<string>(),
  };
  return rewrite(path, text, {
    relocation,
    imports: testSide.has(path) && projects.some(({ globals }) => globals),
    isSetup: setups.has(path),
    needs: test === undefined ? undefined : needsOf(relocation.to, test.settings, adopted, observed.script),
  });
}

function needsOf(
  to: string,
  settings: PackageRewriting['observed']['projects'][number] | undefined,
  { sources }: AdoptedPackage,
  { environment }: Script,
): TestNeeds | undefined {
  if (settings === undefined) {
    return undefined;
  }
  const setups = settings.setupFiles.map((file) => {
    const source = sources.get(file);
    if (source === undefined || source.problem !== undefined) {
      return { specifier: file, by: 'import' as const };
    }
    const specifier = posix.relative(posix.dirname(to), file);
    return {
      specifier: specifier.startsWith('.') ? specifier : `./${specifier}`,
      by: setupUse(file, source.text, statementsOf(file, source.text)).by,
    };
  });
  const variables = Object.entries({ ...environment, ...settings.env }).filter(([name]) => !BY_VITEST.has(name));
  return {
    setups,
    environment: settings.environment === 'node' ? undefined : settings.environment,
    env: Object.fromEntries(variables),
    mocks: settings.mocks,
  };
}

/** The test files, set-up files, and what they import except production code. */
function reachedByTests(
  { adopted: { sources, files }, observed, tsconfig }: PackageRewriting,
  setups: ReadonlySet<string>,
): ReadonlySet<string> {
  const aliases = observed.projects.flatMap((project) => aliasesOf(project, observed.keys, tsconfig));
  const reached = new Set<string>();
  const queue = [...observed.tests.keys(), ...setups].filter((path) => sources.has(path));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) {
      continue;
    }
    reached.add(path);
    const imported = filesOf(sources.get(path), files, aliases);
    queue.push(...imported.filter((each) => sources.has(each) && (!each.startsWith('src/') || TEST_FOLDER.test(each))));
  }
  return reached;
}

function filesOf(
  source: SourceFile | undefined,
  files: ReadonlySet<string>,
  aliases: readonly Alias[],
): readonly string[] {
  if (source === undefined) {
    return [];
  }
  const { path, references } = source;
  return references
    .filter(({ use }) => use === 'import')
    .map(
      ({ text }) =>
        applyAliases(text, aliases)?.file ?? (text.startsWith('.') ? posix.join(posix.dirname(path), text) : undefined),
    )
    .map((target) => (target === undefined ? undefined : resolveFile(target, files)))
    .filter((file) => file !== undefined);
}
