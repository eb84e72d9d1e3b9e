import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../../sample.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';
import { layouts } from './layouts.ts';

let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

const manifest = (name: string) => `{
    "name": "@splitlevel/${name}", "version": "1.0.0",
    "type": "module",

    "scripts": { "unit": "vitest run" }
}
`;
const tsconfig = `{
  // Strict, as all are.
  "extends": "../../tsconfig.json",
  "include": ["src", "test"]
}
`;

async function make(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  await workspace.write(`packages/${name}/package.json`, manifest(name));
  await workspace.write(`packages/${name}/tsconfig.json`, tsconfig);
  for (const [path, text] of Object.entries(files)) {
    await workspace.write(`packages/${name}/${path}`, text);
  }
}

/** Every file of a package, by its path. */
async function tree(name: string): Promise<Record<string, string>> {
  const folder = join(workspace.root, 'packages', name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [relative(folder, file), await readFile(file, 'utf8')])),
  );
}

/** The layouts that are adopted: half of them, whole at night. */
const drawn = sample('layouts', Object.entries(layouts), 1 / 2, ([name]) => name);

describe.each(drawn)('%s', (name, { files, places, stays = {} }) => {
  let before: Record<string, string>;
  let dryRun: string;
  let told: string;
  const isLeft = Object.keys(stays).length > 0;

  beforeAll(async () => {
    await make(name, files);
    before = await tree(name);
    const dry = await workspace.run('plop', ['adopt', '--package', name, '--dry-run']);
    expect(dry.code, dry.stderr).toBe(0);
    expect(await tree(name), 'a dry run writes nothing').toEqual(before);
    dryRun = dry.stdout;
    const { code, stdout, stderr } = await workspace.run('plop', ['adopt', '--package', name]);
    expect(code, stdout + stderr).toBe(isLeft ? 4 : 0);
    told = stdout;
    expect(dry.stderr, 'a dry run tells the same').toContain(notesIn(told));
  });

  test('every test file is where its author would put it, and nothing else changed', async () => {
    const after = await tree(name);
    const moved = Object.entries(places).filter(([from, to]) => from !== to);
    const expected = [...Object.keys(before).map((path) => places[path] ?? path), ...(isLeft ? ['adoption.json'] : [])];
    expect(Object.keys(after).toSorted()).toEqual(expected.toSorted());
    for (const [path, text] of Object.entries(before)) {
      const isEdited = places[path] !== undefined || ['package.json', 'tsconfig.json'].includes(path);
      if (!isEdited || places[path] === path) {
        expect(withoutEndings(after[path]), path).toBe(withoutEndings(text));
      }
    }
    for (const [from, to] of moved) {
      expect(told).toContain(`  move  packages/${name}/${from} → packages/${name}/${to}`);
      expect(dryRun).toContain(`rename from packages/${name}/${from}\nrename to packages/${name}/${to}\n`);
    }
  });

  test('files that answer neither question are named with what makes them so', () => {
    expect(told.match(/ {2}stays /g) ?? []).toHaveLength(Object.keys(stays).length);
    for (const [path, pattern] of Object.entries(stays)) {
      const line = told.split('\n').find((each) => each.startsWith(`  stays  packages/${name}/${path}: `));
      expect(line).toMatch(pattern);
    }
  });

  test('the targets are wired, and the rest of package.json is as it was', async () => {
    const { 'package.json': text = '', 'tsconfig.json': types = '' } = await tree(name);
    const suites = new Set<string>(
      Object.values(places)
        .filter((to) => stays[to] === undefined)
        .map((to) => (to.startsWith('src/') ? 'unit' : 'integration')),
    );
    const { nx, ...rest } = JSON.parse(text);
    const targets = ['lint', 'typecheck', ...['unit', 'integration'].filter((suite) => suites.has(suite))];
    expect(Object.entries(nx.targets)).toEqual(targets.map((target) => [target, {}]));
    const script = `nx run-many -t ${targets.slice(2).join(' ')} -p @splitlevel/${name}`;
    expect(rest).toEqual({ ...JSON.parse(manifest(name)), scripts: { unit: script } });
    expect(told).toMatch(/package\.json scripts\.unit {2}rewritten {2}nx run-many .*, instead of vitest run/);
    expect(types).toContain('// Strict, as all are.');
    expect(types.includes('"integration"')).toBe(suites.has('integration'));
  });

  test('what moved passes where it lies', async () => {
    const paths = Object.values(places).filter((to) => stays[to] === undefined && to.endsWith('.ts'));
    for (const [suite, folder] of [
      ['unit', 'src/'],
      ['integration', 'integration/'],
    ] as const) {
      const files = paths.filter((path) => path.startsWith(folder)).map((path) => `packages/${name}/${path}`);
      if (files.length === 0) {
        continue;
      }
      const { code, stdout, stderr } = await workspace.run('vitest', ['run', '--project', suite, ...files]);
      expect(code, stdout + stderr).toBe(0);
      expect(stdout).toMatch(new RegExp(`Test Files +${files.length} passed`));
    }
  });

  test('the second run changes nothing', async () => {
    const after = await tree(name);
    const { code, stdout } = await workspace.run('plop', ['adopt', name]);
    expect(code).toBe(isLeft ? 4 : 0);
    expect(stdout).toContain(`Unchanged: packages/${name}`);
    expect(stdout.includes('It is under the standard already')).toBe(!isLeft);
    expect(await tree(name)).toEqual(after);
  });
});

/** Imports get their endings, and nothing else. */
function withoutEndings(text = ''): string {
  return text.replaceAll(/(from '\.[^']*?)\.ts'/g, "$1'");
}

/** The part of a report beside the files' fates. */
function notesIn(report: string): string {
  const start = report.indexOf('\n', report.indexOf('\nWrote ') + 1) + 1;
  const end = report.indexOf('\n\nNext:');
  return report.slice(start, end === -1 ? undefined : end).trimEnd();
}

test('all of them are wired into lint and typecheck, and green', async () => {
  const names = drawn.map(([name]) => `@splitlevel/${name}`);
  const { code, stdout, stderr } = await workspace.run('nx', ['run-many', '-t', 'lint', 'typecheck', '-p', ...names], {
    timeout: 600_000,
  });
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain(`for ${names.length} projects`);
});

test('two files for one place get two', async () => {
  await make('twice', {
    'src/a.ts': 'export {};\n',
    'test/a.test.ts': "import { it } from 'vitest';\n\nit('a', () => {});\n",
    'tests/a.spec.ts': "import { it } from 'vitest';\n\nit('a', () => {});\n",
  });
  const { stdout } = await workspace.run('plop', ['adopt', '--package', 'twice']);
  expect(stdout).toContain('  move  packages/twice/test/a.test.ts → packages/twice/src/a.test.ts\n');
  expect(stdout).toContain('  move  packages/twice/tests/a.spec.ts → packages/twice/src/tests/a.test.ts\n');
});

const refused: readonly (readonly [reason: string, files: Record<string, string>, told: string])[] = [
  [
    'a test that fails',
    {
      'src/a.ts': 'export {};\n',
      'test/a.test.ts': "import { expect, it } from 'vitest';\nit('a', () => expect(1).toBe(2));\n",
    },
    'none of these can be placed:\n  test/a.test.ts: it fails under its own configuration: AssertionError: expected 1 to be 2',
  ],
  [
    'globals that nothing gives',
    { 'test/a.test.ts': "it('a', () => {});\n" },
    'test/a.test.ts: it fails under its own configuration: ReferenceError: it is not defined',
  ],
  [
    'a configuration that cannot be loaded',
    {
      'test/a.test.ts': "import { it } from 'vitest';\nit('a', () => {});\n",
      'vitest.config.ts': "import 'not-installed';\nexport default {};\n",
    },
    "Vitest could not run the tests: Error: vitest.config.ts cannot be loaded: Cannot find package 'not-installed'",
  ],
  [
    'a configuration that is not code',
    {
      'test/a.test.ts': "import { it } from 'vitest';\nit('a', () => {});\n",
      'vitest.config.ts': 'export default { no',
    },
    'vitest.config.ts cannot be loaded: Build failed with 1 error: [PARSE_ERROR] Expected `}` but found `EOF`\nNothing was changed.',
  ],
  [
    'a configuration that Vitest refuses',
    {
      'test/a.test.ts': "import { it } from 'vitest';\nit('a', () => {});\n",
      'vitest.config.ts': 'export default { test: { browser: { enabled: true } } };\n',
    },
    'Vitest could not run the tests: Error: Browser Mode was enabled, but',
  ],
  [
    'an environment that is not installed',
    {
      'test/a.test.ts': "import { it } from 'vitest';\nit('a', () => {});\n",
      'vitest.config.ts': "export default { test: { environment: 'not-installed' } };\n",
    },
    'test/a.test.ts: it fails under its own configuration: Error: Failed to load url packages/refused/not-installed',
  ],
  [
    'a test that knows its place',
    {
      'test/a.test.ts':
        "import { expect, it } from 'vitest';\nit('a', () => expect(import.meta.filename).toContain('/test/'));\n",
    },
    'test/a.test.ts: it passes under its own configuration, but fails as src/a.test.ts: AssertionError',
  ],
  [
    'a set-up file that undoes nothing',
    {
      'test/setup.ts':
        "import { beforeAll } from 'vitest';\nbeforeAll(() => Object.assign(globalThis, { clock: 1 }));\n",
      'test/a.test.ts': "import { it } from 'vitest';\nit('a', () => {});\n",
      'vitest.config.ts': "export default { test: { setupFiles: ['./test/setup.ts'] } };\n",
    },
    'Add to packages/refused/test/setup.ts an afterAll(() => …) that undoes what it did, then run the command again.',
  ],
  ['an Nx project file', { 'project.json': '{}' }, 'its project.json would override the targets'],
  ['no tests', { 'src/a.ts': 'export {};\n' }, 'it has no test files'],
];

test.each(sample('packages that are refused', refused, 1 / 2, ([reason]) => reason))(
  'a package with %s is left as it was',
  async (_, files, reason) => {
    await workspace.run('rm', ['-rf', 'packages/refused']);
    await make('refused', files);
    const before = await tree('refused');
    const { code, stderr } = await workspace.run('plop', ['adopt', '--package', 'refused']);
    expect(code).toBe(1);
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await tree('refused')).toEqual(before);
  },
);

test('a production file with in-source tests is not moved as a test file', async () => {
  await make('in-source', {
    'package.json': '{ "name": "in-source", "type": "module" }\n',
    'src/sub.ts':
      "export const sub = (a: number): number => a - 1;\n\nif (import.meta.vitest) import.meta.vitest.test('sub', () => {});\n",
    'test/sub.test.ts':
      "import { expect, test } from 'vitest';\nimport { sub } from '../src/sub.ts';\n\ntest('subtracts', () => {\n  expect(sub(2)).toBe(1);\n});\n",
    'vitest.config.ts': "export default { root: '.', test: { includeSource: ['src/**/*.ts'] } };\n",
  });
  const { stdout } = await workspace.run('plop', ['adopt', '--package', 'in-source', '--no-install']);
  expect(stdout.match(/^ {2}move .*$/gm)).toEqual([
    '  move  packages/in-source/test/sub.test.ts → packages/in-source/src/sub.test.ts',
  ]);
  expect(stdout).toMatch(/vitest\.config\.ts root +rewritten/);
  expect(Object.keys(await tree('in-source'))).toContain('src/sub.ts');
});

test('a package that is not there is told with what is', async () => {
  const { code, stderr } = await workspace.run('plop', ['adopt', '--package', 'routin']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('there is no package "routin" in this workspace'),
  });
});
