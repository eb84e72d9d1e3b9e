/**
 * A hand-written package as a public project lays its packages out, with what its author would say of each test file.
 */
export interface Layout {
  /** The public project, and the package in it. */
  readonly modelledOn: string;
  readonly files: Readonly<Record<string, string>>;
  /** The path that each test file has afterwards, by its path; the same one for a file that stays. */
  readonly places: Readonly<Record<string, string>>;
  /** The reason of those that stay because of what they do. */
  readonly stays?: Readonly<Record<string, RegExp>>;
}

const sum = 'export const sum = (...values: number[]): number => values.reduce((total, each) => total + each, 0);\n';
const server = `import { createServer, type Server } from 'node:http';

export async function serve(answer: string): Promise<{ server: Server; url: string }> {
  const server = createServer((_, response) => response.end(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, url: \`http://127.0.0.1:\${typeof address === 'object' ? address?.port : ''}\` };
}
`;
const serveTest = (from: string, more = '') => `import { expect, it } from 'vitest';
import { serve } from '${from}';
${more}
it('answers', async () => {
  const { server, url } = await serve('hello');
  expect(await (await fetch(url)).text()).toBe('hello');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
`;
const sumTest = (from: string) => `import { expect, it } from 'vitest';
import { sum } from '${from}';

it('adds', () => {
  expect(sum(1, 2)).toBe(3);
});
`;

export const layouts: Readonly<Record<string, Layout>> = {
  fetching: {
    modelledOn: 'unjs/ofetch: test/*.test.ts beside src/',
    files: {
      'src/index.ts': `export * from './server.ts';\nexport * from './utils.ts';\n`,
      'src/server.ts': server,
      'src/utils.ts': sum,
      'test/index.test.ts': serveTest('../src/index.ts'),
      'test/utils.test.ts': `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sum } from '../src/utils';

it('adds what a file says, and reading is not I/O here', async () => {
  const read = (path: string | URL): number[] => JSON.parse(readFileSync(path, 'utf8'));
  expect(sum(...read(new URL('./fixtures/numbers.json', import.meta.url)))).toBe(6);
  expect(sum(...read(join(import.meta.dirname, 'fixtures', 'numbers.json')))).toBe(6);
  expect((await import('../src/utils.ts')).sum).toBe(sum);
});
`,
      'test/fixtures/numbers.json': '[1, 2, 3]\n',
    },
    places: { 'test/index.test.ts': 'integration/index.test.ts', 'test/utils.test.ts': 'src/utils.test.ts' },
  },

  reactivity: {
    modelledOn: 'vuejs/core packages/reactivity: __tests__/*.spec.ts with folders and snapshots',
    files: {
      'src/effect.ts': sum,
      'src/collections/map.ts': 'export const size = (map: Map<unknown, unknown>): number => map.size;\n',
      '__tests__/effect.spec.ts': `import { expect, it } from 'vitest';
import { sum } from '../src/effect';

it('matches', () => {
  expect({ total: sum(2, 3) }).toMatchSnapshot();
});
`,
      '__tests__/__snapshots__/effect.spec.ts.snap': `// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html

exports[\`matches 1\`] = \`
{
  "total": 5,
}
\`;
`,
      '__tests__/collections/shallow.spec.ts': `import { expect, it } from 'vitest';
import { size } from '../../src/collections/map';

it('counts', () => {
  expect(size(new Map([[1, 1]]))).toBe(1);
});
`,
    },
    places: {
      '__tests__/effect.spec.ts': 'src/effect.test.ts',
      '__tests__/__snapshots__/effect.spec.ts.snap': 'src/__snapshots__/effect.test.ts.snap',
      '__tests__/collections/shallow.spec.ts': 'src/collections/shallow.test.ts',
    },
  },

  routing: {
    modelledOn: 'honojs/hono: src/**/*.test.ts beside the code, both kinds',
    files: {
      'src/router/sum.ts': sum,
      'src/router/sum.test.ts': sumTest('./sum'),
      'src/adapter/serve.ts': server,
      'src/adapter/serve.test.ts': serveTest('./serve.ts'),
      'src/adapter/files.integration.test.ts': `import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { sum } from '../router/sum';

it('writes', async () => {
  const folder = await mkdtemp(\`\${tmpdir()}/adopted-\`);
  await writeFile(\`\${folder}/sum\`, String(sum(1)));
  await rm(folder, { recursive: true });
  expect(folder).toContain('adopted-');
});
`,
    },
    places: {
      'src/router/sum.test.ts': 'src/router/sum.test.ts',
      'src/adapter/serve.test.ts': 'integration/adapter/serve.test.ts',
      'src/adapter/files.integration.test.ts': 'integration/adapter/files.test.ts',
    },
  },

  querying: {
    modelledOn: 'TanStack/query packages/query-core: src/__tests__/*.test.ts with utils.ts',
    files: {
      'src/sum.ts': sum,
      'src/persist.ts': `import { execFileSync } from 'node:child_process';

export const version = (): string => execFileSync(process.execPath, ['--version'], { encoding: 'utf8' });
`,
      'src/__tests__/utils.ts': `export const key = (): string => 'key';\n`,
      'src/__tests__/sum.test.ts': `import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sum } from '../sum';
import { key } from './utils';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('adds later', async () => {
  const late = new Promise((resolve) => setTimeout(() => resolve(sum(1, 1)), 60_000));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([key(), await late]).toEqual(['key', 2]);
});
`,
      'src/__tests__/persist.test.ts': `import { expect, it } from 'vitest';
import { version } from '../persist';
import { key } from './utils';

it('asks another process', () => {
  expect(version()).toMatch(/^v\\d/);
  expect(key()).toBe('key');
});
`,
    },
    places: {
      'src/__tests__/sum.test.ts': 'src/__tests__/sum.test.ts',
      'src/__tests__/persist.test.ts': 'integration/persist.test.ts',
    },
  },

  syncing: {
    modelledOn: 'bluesky-social/atproto packages/bsync: tests/*.test.ts with _util.ts, against the running service',
    files: {
      'src/service.ts': server,
      'src/validate.ts': sum,
      'tests/_util.ts': `export { serve } from '../src/service.ts';\n`,
      'tests/service.test.ts': serveTest(
        './_util.ts',
        "import type { Server } from 'node:http';\n\nconst isOn = (value: Server): boolean => value.listening;\n\nit('is typed', () => expect(isOn).toBeTypeOf('function'));\n",
      ),
      'tests/unit/validate.test.ts': sumTest('../../src/validate.ts'),
    },
    places: {
      'tests/service.test.ts': 'integration/service.test.ts',
      'tests/unit/validate.test.ts': 'src/validate.test.ts',
    },
  },

  managing: {
    modelledOn: 'directus/directus api: src/**/*.test.ts with mocked modules',
    files: {
      'src/sum.ts': sum,
      'src/total.ts': `import { sum } from './sum.ts';\n\nexport const total = (): number => sum(1, 2);\n`,
      'src/sum.test.ts': sumTest('./sum.ts'),
      'src/total.test.ts': `import { expect, it, vi } from 'vitest';
import { total } from './total.ts';

vi.mock('./sum.ts', () => ({ sum: () => 42 }));

it('totals', () => {
  expect(total()).toBe(42);
});
`,
      'src/server.ts': server,
      'src/server.test.ts': serveTest(
        './server.ts',
        "import { total } from './total.ts';\n\nvi.mock('./total.ts', () => ({ total: () => 7 }));\n\nit('is mocked', () => expect(total()).toBe(7));\n",
      ).replace('{ expect, it }', '{ expect, it, vi }'),
      'test/e2e/server.spec.ts': serveTest('../../src/server.ts'),
    },
    places: {
      'src/sum.test.ts': 'src/sum.test.ts',
      'src/total.test.ts': 'src/total.test.ts',
      'src/server.test.ts': 'src/server.test.ts',
      'test/e2e/server.spec.ts': 'integration/server.test.ts',
    },
    stays: {
      'src/total.test.ts': /: it does no I\/O, but it tries to mock the module \.\/sum\.ts .*pass a double in/,
      'src/server.test.ts':
        /: it tries to listen on 127\.0\.0\.1:0 at \S+ and to mock the module \.\/total\.ts .*split it in two/,
    },
  },
};
