import { expect, test } from 'vitest';
import { type Rewriting, rewrite } from './rewrite.ts';
import { setupUse } from './setup-file.ts';
import { statementsOf } from './syntax.ts';

const relocation = { from: 'src/a.test.ts', to: 'src/a.test.ts', moved: new Map<string, string>(), aliases: [] };
const nothing = { setups: [], environment: undefined, env: {}, mocks: [] };
const written = (source: string, changes: Partial<Rewriting> = {}) =>
  rewrite('src/a.test.ts', source, { relocation, imports: true, isSetup: false, needs: nothing, ...changes });

test('globals are imported where a file uses them', () => {
  expect(written("describe('a', () => { it('b', () => expect(vi.fn()).toBe(1)); });\n")).toBe(
    "import { describe, expect, it, vi } from 'vitest';\ndescribe('a', () => { it('b', () => expect(vi.fn()).toBe(1)); });\n",
  );
});

test('what a file imports, declares or has as a key is none', () => {
  const source =
    "import { it } from 'vitest';\nfunction test(suite: number) { return suite; }\nit(x.expect, { vi: test });\n";
  expect(written(source)).toBe(source);
  expect(written('test();', { imports: false })).toBe('test();');
});

test('a set-up file becomes a function, which each test file calls', () => {
  const source =
    "import { start } from './start.ts';\n\n// Each time.\nbeforeEach(() => start());\nprocess.env.A = 'b';\nexport const x = 1;\n";
  expect(setupUse('test/setup.ts', source, statementsOf('test/setup.ts', source)).by).toBe('call');
  expect(written(source, { isSetup: true, needs: undefined })).toMatchInlineSnapshot(`
    "import { beforeEach } from 'vitest';
    import { start } from './start.ts';



    export const x = 1;

    export function setUp(): void {
    // Each time.
    beforeEach(() => start());
    process.env.A = 'b';
    }
    "
  `);
  const called = {
    ...nothing,
    setups: [
      { specifier: '../test/setup.ts', by: 'call' },
      { specifier: './more.ts', by: 'await' },
    ],
  } as const;
  expect(written("import { a } from './a.ts';\na();\n", { needs: called })).toMatchInlineSnapshot(`
    "import { setUp } from '../test/setup.ts';
    import { setUp as setUp2 } from './more.ts';
    import { a } from './a.ts';

    setUp();
    await setUp2();


    a();
    "
  `);
});

test.each([
  ["import '@testing-library/jest-dom/vitest';\nexport const a = 1;\n", 'import'],
  ['await start();\n', 'await'],
  ['beforeAll(async () => { await start(); });\n', 'call'],
])('%s is taken in by %s', (source, by) => {
  expect(setupUse('setup.ts', source, statementsOf('setup.ts', source)).by).toBe(by);
});

test('environment, variables and clearing of mocks stand in the file', () => {
  const needs = { ...nothing, environment: 'jsdom', env: { STAGE: 'test' }, mocks: ['restoreMocks'] };
  const text = written("// A comment.\nimport { expect } from 'vitest';\n\nexpect(1);\n", { needs });
  // Vitest would obey the comment here too.
  expect(text.replace('@vitest', '@')).toMatchInlineSnapshot(`
    "// @-environment jsdom
    // A comment.
    import { afterAll, beforeEach, vi } from 'vitest';
    import { expect } from 'vitest';

    vi.hoisted(() => {
      vi.stubEnv("STAGE", "test");
    });
    afterAll(() => {
      vi.unstubAllEnvs();
    });
    beforeEach(() => {
      vi.restoreAllMocks();
    });



    expect(1);
    "
  `);
});
