import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ownPack } from '../../../generators/engine/pack.ts';
import { managerNamed } from '../../../generators/engine/package-manager/managers.ts';
import { filesOf } from '../../../generators/workspace/files.ts';
import { workflowProblems } from '../workflow-problems.ts';

type Manager = Parameters<typeof filesOf>[1]['packageManager'];

const root = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The files of a new repository, by path. */
function newRepository(forge: 'github' | 'gitlab', packageManager: Manager = 'npm'): ReadonlyMap<string, string> {
  const files = filesOf('shop', { scope: '@shop', packageManager, forge, owner: '' }, { root, ...ownPack() });
  return new Map(files.map(({ path, content }) => [path, String(content)]));
}

const github = newRepository('github');

test.each(['.gitattributes', '.gitignore', 'images.json'])('%s is this repository’s own', (path) => {
  expect(github.get(path)).toBe(read(path));
});

test('biome.json is this repository’s own, but for the style of its code', () => {
  const { overrides: _, ...own } = JSON.parse(read('biome.json'));
  expect(JSON.parse(github.get('biome.json') ?? '')).toEqual(own);
});

test('.env is this repository’s own, and has nothing but settings of its tasks', () => {
  expect(github.get('.env')).toBe(read('.env'));
  const names = [...(github.get('.env') ?? '').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  expect(names).toEqual(['NX_ISOLATE_PLUGINS', 'NX_DEFAULT_OUTPUT_STYLE', 'FORCE_COLOR', 'NO_COLOR']);
});

test('nx.json has the rules of this repository, with what is installed in place of its own projects', () => {
  const installed = JSON.parse(read('nx.json'), (_, value) => {
    if (!Array.isArray(value)) {
      return value;
    }
    const names = value.flatMap(({ projects = [] }) => projects.filter((name: string) => name !== 'openapi'));
    // The suites have the preset by the guards, whose version is the same; splitlevel alone changes no outcome of a test.
    const isOfSuites = value.includes('{workspaceRoot}/vitest.config.ts');
    const ofSplitlevel = value.some((each) => !isOfSuites && /packages\/splitlevel\//.test(String(each)))
      ? ['splitlevel']
      : [];
    const added = [...names.map((name) => `@splitlevel/${name}`), ...ofSplitlevel];
    const others = value.filter(({ projects }) => projects === undefined);
    const kept = others.filter((each) => !/packages\/splitlevel\//.test(String(each)));
    if (added.length === 0) {
      return kept;
    }
    const external = kept.find(({ externalDependencies }) => externalDependencies !== undefined);
    const all = { externalDependencies: [...added, ...(external?.externalDependencies ?? [])].toSorted() };
    return [...kept.filter((each) => each !== external), all];
  });
  const text = JSON.stringify(installed).replaceAll(
    /packages\/testkit\/src\/([\w/-]+)\.ts/g,
    'node_modules/@splitlevel/testkit/dist/$1.js',
  );
  expect(inOrder(JSON.parse(github.get('nx.json') ?? ''))).toEqual(inOrder(JSON.parse(text)));
});

/** Inputs with those last that are objects, and names in order: their order means nothing. */
function inOrder(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each) => {
    if (!Array.isArray(each)) {
      return each;
    }
    return each.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  });
}

test('the workflow is this repository’s own, but for the report, which comes from the registry', () => {
  const own = read('.github/workflows/ci.yml');
  expect(withoutReport(github.get('.github/workflows/ci.yml') ?? '')).toBe(withoutReport(own));
});

test('so is the pipeline', () => {
  const own = read('.gitlab-ci.yml').replace(/As many as .*? A machine/, 'As many machines. A machine');
  const made = (newRepository('gitlab').get('.gitlab-ci.yml') ?? '').replace(
    /As many machines .*? A machine/,
    'As many machines. A machine',
  );
  expect(withoutReport(made)).toBe(withoutReport(own));
});

function withoutReport(text: string): string {
  return text
    .replace(/(?<=run: |- )(?:npm run ci --|npx --yes .*) report \.vitest\/machines/, 'REPORT')
    .replace(/needs (no|one) package/, 'needs few packages');
}

test('package.json has tools and scripts of this repository', () => {
  const own = JSON.parse(read('package.json'));
  const made = JSON.parse(github.get('package.json') ?? '');
  const { splitlevel, '@splitlevel/testkit': testkit, ...tools } = made.devDependencies;
  expect(own.devDependencies).toMatchObject(tools);
  expect([splitlevel, testkit]).toEqual([own.version, own.version]);
  expect(made.allowScripts).toEqual(own.allowScripts);
  for (const name of ['postinstall', 'test', 'format']) {
    expect(made.scripts[name]).toBe(own.scripts[name]);
  }
  expect(made.scripts.watch.replace(/^splitlevel /, 'node packages/splitlevel/bin/splitlevel.js ')).toBe(
    own.scripts.watch,
  );
});

test('Renovate opens the branches that the workflow for updates waits for, and makes them anew over its commits', () => {
  const { gitIgnoredAuthors, packageRules } = JSON.parse(github.get('renovate.json') ?? '');
  const { groupName } = packageRules.find((rule: { matchPackageNames?: string[] }) => {
    return rule.matchPackageNames?.includes('splitlevel');
  });
  const branches: string[] = parse(github.get('.github/workflows/update.yml') ?? '').on.push.branches;
  // Renovate's prefix, and its slug of a group, with a prefix of its own for a new major version.
  expect(branches).toEqual(['', 'major-'].map((prefix) => `renovate/${prefix}${groupName.toLowerCase()}`));
  expect(gitIgnoredAuthors).toEqual([/email: '(.+)'/.exec(read('packages/ci/src/update.ts'))?.[1]]);
});

test('every pinned image is one that the update bot sees', () => {
  const { customManagers } = JSON.parse(github.get('renovate.json') ?? '');
  const images = github.get('images.json') ?? '';
  const pattern = new RegExp(customManagers[0].matchStrings[0], 'g');
  const seen = [...images.matchAll(pattern)].map(({ groups }) => `${groups?.depName}:${groups?.currentValue}`);
  expect(seen).toEqual(Object.values(JSON.parse(images)));
});

test('a reviewer can read it: at most 40 files and 1,500 lines', () => {
  const lines = [...github.values()].map((text) => text.split('\n').length - 1);
  expect(github.size).toBeLessThanOrEqual(40);
  expect(lines.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1500);
});

describe.each(['pnpm', 'yarn', 'bun'] as const)('with %s', (name) => {
  const made = newRepository('github', name);

  test('nothing names a command of npm but what installs the package manager, and the report', () => {
    const texts = [...made, ...newRepository('gitlab', name)].filter(([path]) => /\.(md|yml)$/.test(path));
    const lines = texts.flatMap(([, text]) => text.split('\n'));
    const left = lines.filter((line) => /\b(npm (ci|run|test|install)|npx)\b|package-lock/.test(line));
    expect(left.filter((line) => !/npm install --global|npx --yes "@splitlevel\/ci/.test(line))).toEqual([]);
  });

  test('GitHub accepts the workflows, and the pipeline is YAML', async () => {
    for (const workflow of ['ci', 'update']) {
      expect(await workflowProblems(made.get(`.github/workflows/${workflow}.yml`) ?? 'absent')).toEqual([]);
    }
    const pipeline = parse(newRepository('gitlab', name).get('.gitlab-ci.yml') ?? '');
    expect(pipeline.default.cache[0].key.files).toEqual([managerNamed(name).lockfile]);
    expect(pipeline.default.before_script).toEqual([managerNamed(name).ci.setUp, managerNamed(name).commands.frozen]);
  });

  test('package.json names it', () => {
    const manifest = JSON.parse(made.get('package.json') ?? '');
    expect(manifest.packageManager).toBe(`${name}@${managerNamed(name).version}`);
    expect(manifest).not.toHaveProperty('allowScripts');
    expect('workspaces' in manifest).toBe(name !== 'pnpm');
  });
});
