import type { Alias } from './aliases.ts';
import { vitestGlobalsIn } from './globals.ts';
import { preludeEdits } from './prelude.ts';
import { referencesIn } from './references.ts';
import { applyEdits, type Relocation, relocate } from './relocate.ts';
import { SET_UP, setupUse } from './setup-file.ts';
import { statementsOf } from './syntax.ts';

/** Done for test files by their project's configuration, and by themselves from now on. */
export interface TestNeeds {
  /** Set-up files: the specifier from the test file, and how it is taken in. */
  readonly setups: readonly { readonly specifier: string; readonly by: 'call' | 'import' | 'await' }[];
  /** As `jsdom`; undefined for Node. */
  readonly environment: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** As `restoreMocks`. */
  readonly mocks: readonly string[];
}

/** The changes of a source: by its new place, and by its part among the tests. */
export interface Rewriting {
  readonly relocation: Relocation & { readonly aliases: readonly Alias[] };
  /** Whether Vitest's globals are imported where it uses them. */
  readonly imports: boolean;
  /** Whether its statements become a function that test files call. */
  readonly isSetup: boolean;
  /** For a test file. */
  readonly needs: TestNeeds | undefined;
}

const CLEARING: Readonly<Record<string, string>> = {
  clearMocks: 'vi.clearAllMocks();',
  mockReset: 'vi.resetAllMocks();',
  restoreMocks: 'vi.restoreAllMocks();',
  unstubEnvs: 'vi.unstubAllEnvs();',
  unstubGlobals: 'vi.unstubAllGlobals();',
};

/**
 * The text of a source as it is to be.
 * @throws {Error} where it cannot be parsed.
 */
export function rewrite(path: string, source: string, { relocation, imports, isSetup, needs }: Rewriting): string {
  let text = applyEdits(source, relocate(source, referencesIn(statementsOf(path, source)), relocation));
  if (isSetup) {
    text = applyEdits(text, setupUse(path, text, statementsOf(path, text)).edits);
  }
  const statements = statementsOf(path, text);
  const globals = imports ? vitestGlobalsIn(statements) : [];
  const prelude = preludeOf(needs);
  return applyEdits(
    text,
    preludeEdits(text, statements, { ...prelude, names: [...new Set([...globals, ...prelude.names])].toSorted() }),
  );
}

function preludeOf(needs: TestNeeds | undefined) {
  if (needs === undefined) {
    return { names: [], comments: [], imports: [], statements: [] };
  }
  const { setups, environment, env, mocks } = needs;
  const stubs = Object.entries(env).map(
    ([name, value]) => `  vi.stubEnv(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  const called = setups.filter(({ by }) => by !== 'import');
  const names = called.map((_, index) => (index === 0 ? SET_UP : `${SET_UP}${index + 1}`));
  const clearing = mocks.map((each) => `  ${CLEARING[each]}`);
  return {
    names: [
      ...(stubs.length + clearing.length > 0 ? ['vi'] : []),
      ...(stubs.length > 0 ? ['afterAll'] : []),
      ...(clearing.length > 0 ? ['beforeEach'] : []),
    ],
    comments: environment === undefined ? [] : [`// @vitest-environment ${environment}`],
    imports: [
      ...setups.filter(({ by }) => by === 'import').map(({ specifier }) => `import '${specifier}';`),
      ...called.map(({ specifier }, index) => {
        const name = names[index] === SET_UP ? SET_UP : `${SET_UP} as ${names[index]}`;
        return `import { ${name} } from '${specifier}';`;
      }),
    ],
    statements: [
      // Files share a worker: what one sets, it sets back.
      ...(stubs.length === 0
        ? []
        : [`vi.hoisted(() => {\n${stubs.join('\n')}\n});`, 'afterAll(() => {\n  vi.unstubAllEnvs();\n});']),
      ...called.map(({ by }, index) => `${by === 'await' ? 'await ' : ''}${names[index]}();`),
      ...(clearing.length === 0 ? [] : [`beforeEach(() => {\n${clearing.join('\n')}\n});`]),
    ],
  };
}
