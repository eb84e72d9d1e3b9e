import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pipelineJobs } from '../../integration/pipeline-jobs.ts';
import { workflowProblems } from '../../integration/workflow-problems.ts';
import {
  createScratchWorkspace,
  type Outcome,
  repositoryRoot,
  type ScratchWorkspace,
} from '../../scratch-workspace.ts';

/** Files of the root that are written for the repository. */
const OWN_ROOT = new Set(['.splitlevel.json', 'package.json', 'package-lock.json', 'renovate.json']);

// One repository is made and installed for all of these tests; the others borrow its node_modules.
let source: ScratchWorkspace;
let home: string;
let shop: string;
/** The output of the command that made it. */
let made: string;

beforeAll(async () => {
  source = await createScratchWorkspace();
  home = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-home-')));
  await writeFile(join(home, '.gitconfig'), '[user]\nname = Owner\nemail = owner@example.org\n');
  shop = join(home, 'shop-one');
  await mkdir(shop);
  await shell(
    source.root,
    'git init --quiet --initial-branch main && git add --all && git commit --quiet --message Start',
  );
  // What lies here without being committed.
  await source.write('.env', 'NX_ISOLATE_PLUGINS=false\nTOKEN=secret\n');
  await source.write('packages/ci/src/targets.ts', '// secret\n');
  await source.write('templates/service/base/src/scratch.ts', '// secret\n');
  await source.write('templates/workspace/base/notes.md', 'secret\n');
  await source.write('generators/debug.log', 'secret\n');
  made = await shell(source.root, 'npx plop workspace "$SHOP" --scope @shop-one --yes', { SHOP: shop });
  await shell(source.root, 'git stash --include-untracked --quiet');
});
afterAll(async () => {
  await source.remove();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

/** Runs a command line in a folder, where git knows the owner. */
async function attempt(folder: string, command: string, environment: Record<string, string> = {}): Promise<Outcome> {
  return source.run('bash', ['-c', `cd "$FOLDER" && ${command}`], {
    environment: {
      ...environment,
      FOLDER: folder,
      GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
      PATH: process.env.PATH,
      INIT_CWD: undefined,
    },
    timeout: 500_000,
  });
}

async function shell(folder: string, command: string, environment: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await attempt(folder, command, environment);
  expect(code, `${command}\n${stdout}${stderr}`).toBe(0);
  return stdout + stderr;
}

/** What git tracks in a repository, by path. */
async function committed(folder: string): Promise<Map<string, string>> {
  const { stdout } = await attempt(folder, 'git ls-files -z');
  const paths = stdout.split('\0').filter(Boolean);
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const)),
  );
}

describe('a new repository', () => {
  test('has one commit of its owner on main, and installing changed nothing of it', async () => {
    expect(await shell(shop, "git log --format='%an %s' main")).toBe(
      'Owner Start shop-one on the Splitlevel standard 0.0.0\n',
    );
    expect(await shell(shop, 'git status --short')).toBe('');
    expect((await readdir(home)).toSorted()).toEqual(['.gitconfig', 'shop-one']);
  });

  test('has what was committed where it came from, and nothing else that lay there; that is said', async () => {
    const own = await committed(shop);
    for (const [path, text] of own) expect(text, path).not.toMatch(/^(\/\/ |TOKEN=)?secret$/m);
    expect(own.get('packages/ci/src/targets.ts')).toBe(
      await readFile(join(repositoryRoot, 'packages/ci/src/targets.ts'), 'utf8'),
    );
    expect(own.get('.env')).toBe(await readFile(join(repositoryRoot, '.env'), 'utf8'));
    expect(own.get('.env')?.match(/^NX_\w+=/gm)).toEqual(['NX_ISOLATE_PLUGINS=', 'NX_DEFAULT_OUTPUT_STYLE=']);
    expect(made).toContain(
      'It is made from what is committed here. Not committed, and so left out: packages/ci/src/targets.ts, ' +
        'templates/service/base/src/scratch.ts, templates/workspace/base/notes.md.',
    );
  });

  test('names nothing of where it came from, but in what stands for any name', async () => {
    for (const [path, text] of await committed(shop)) {
      const isTest = /\.test\.ts$/.test(path);
      if (!isTest) expect(text.includes('@splitlevel/'), path).toBe(false);
    }
    expect(JSON.parse(await readFile(join(shop, 'package.json'), 'utf8'))).toMatchObject({
      name: '@shop-one/workspace',
    });
    expect(await readFile(join(shop, 'README.md'), 'utf8')).toMatch(/^# shop-one\n[\s\S]*`@shop-one\/orders`/);
  });

  test('has the root files and the CI of the repository that it was made from, to the byte but for the scope, and no scripts of its tests', async () => {
    const own = await committed(shop);
    const shared = [...own.keys()].filter(
      (path) => /^(\.github\/|[^/]+\.(json|ts)$)/.test(path) && !OWN_ROOT.has(path),
    );
    expect(shared).toEqual(
      expect.arrayContaining([
        '.github/workflows/ci.yml',
        'biome.json',
        'images.json',
        'nx.json',
        'tsconfig.json',
        'vitest.config.ts',
      ]),
    );
    for (const path of shared) {
      const text = await readFile(join(repositoryRoot, path), 'utf8');
      expect(own.get(path), path).toBe(text.replaceAll('@splitlevel/', '@shop-one/'));
    }
    const { scripts, nx } = JSON.parse(own.get('package.json') ?? '');
    expect(Object.keys(scripts).toSorted()).toEqual([
      'ci',
      'ci:plan',
      'format',
      'postinstall',
      'standard',
      'test',
      'watch',
    ]);
    expect(JSON.stringify([scripts, nx])).not.toMatch(/acceptance|bench|planted|stubs|\.ci|gitlab|test\//);
  });

  test('has a workflow that GitHub accepts, and whose scripts are there', async () => {
    const workflow = await readFile(join(shop, '.github/workflows/ci.yml'), 'utf8');
    expect(await workflowProblems(workflow)).toEqual([]);
    expect(await missingScripts(shop, workflow)).toEqual([]);
    const pipeline = await readFile(join(repositoryRoot, '.gitlab-ci.yml'), 'utf8');
    expect(await missingScripts(shop, `${pipeline}\nnpm run nothing`)).toEqual(['nothing']);
  });

  test('makes none of another forge, whose CI it does not have', async () => {
    const { code, stdout, stderr } = await attempt(shop, 'npx plop workspace ../other --forge gitlab --yes');
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('.gitlab-ci.yml is not there, and a new repository is made from it');
    expect(await readdir(home)).not.toContain('other');
  });

  test('nx affected works from the first commit on', async () => {
    expect(await shell(shop, 'npx nx affected -t integration')).toContain('No tasks were run');
  });

  test('keeps to the standard', async () => {
    expect(await shell(shop, 'npm run --silent standard')).toContain('The repository keeps to the standard.');
  });

  test('every pinned image is one that the update bot sees', async () => {
    const { customManagers } = JSON.parse(await readFile(join(shop, 'renovate.json'), 'utf8'));
    const images = await readFile(join(shop, 'images.json'), 'utf8');
    const pattern = new RegExp(customManagers[0].matchStrings[0], 'g');
    const seen = [...images.matchAll(pattern)].map(({ groups }) => `${groups?.depName}:${groups?.currentValue}`);
    expect(seen).toEqual(Object.values(JSON.parse(images)));
  });

  test('the two commands of its README are green as they stand there', async () => {
    const commands = /\n {4}(npm ci && npx plop service orders) .*\n {4}npm ci && (npm test) /.exec(
      await readFile(join(shop, 'README.md'), 'utf8'),
    );
    await shell(shop, `${commands?.[1]} --yes`);
    await shell(shop, 'npx plop library money --yes');
    await shell(shop, 'npx plop stub tax-rates --package orders --yes --no-install');
    expect(await shell(shop, commands?.[2] ?? '')).toMatch(
      /Successfully ran targets lint, typecheck, unit, integration for/,
    );
    expect(await shell(shop, 'npx nx show projects --affected --with-target integration --json')).toContain(
      '["orders"]',
    );
    expect(await shell(shop, 'npm run --silent standard')).toMatch(/orders +(\d+)\/\1 +all holds/);
    expect(await shell(shop, 'git status --short')).toBe(
      ' M package-lock.json\n?? packages/money/\n?? packages/orders/\n',
    );
  });
});

describe('from the new repository', () => {
  test('a third is made that is equal but for its names', async () => {
    await shell(shop, 'git stash --include-untracked --quiet');
    await shell(shop, 'npx plop workspace ../shop-two --scope @shop-two --yes --no-install');
    const [first, second] = [await committed(shop), await committed(join(home, 'shop-two'))];
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [path, text] of first) {
      if (path !== '.splitlevel.json') expect(second.get(path), path).toBe(text.replaceAll('shop-one', 'shop-two'));
    }
    for (const tree of [first, second]) {
      const { files } = JSON.parse(tree.get('.splitlevel.json') ?? '');
      expect(Object.keys(files).length).toBeGreaterThan(200);
      for (const [path, hash] of Object.entries(files)) {
        expect(
          createHash('sha256')
            .update(tree.get(path) ?? '')
            .digest('hex'),
          path,
        ).toBe(hash);
      }
    }
  });
});

test('no example is made by templates that are not committed', async () => {
  await source.write('templates/library/base/scratch.txt', 'mine\n');
  const { code, stdout, stderr } = await attempt(source.root, 'npx plop workspace ../other --example --yes');
  await rm(join(source.root, 'templates/library/base/scratch.txt'));
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toContain('templates/library/base/scratch.txt is not committed, so that the example would not be');
});

test('names that are unusual but legal: a directory and a scope, with the example, on the other forge', async () => {
  const directory = "Größe & [x] (2) 'ü' $& {y}";
  const folder = join(home, directory);
  const command =
    'npx plop workspace "$DIRECTORY" --scope @my.team_2-x --example --forge gitlab --owner @a/b --yes --no-install';
  await shell(source.root, command, { DIRECTORY: folder });
  await borrowModules(folder, '@my.team_2-x');

  expect(await shell(folder, 'npm test')).toMatch(/Successfully ran targets lint, typecheck, unit, integration for/);
  expect(await shell(folder, 'npm run --silent standard')).toMatch(/pricing +(\d+)\/\1 +all holds/);
  expect(await shell(folder, 'git status --short')).toBe('');
  const pipeline = await readFile(join(folder, '.gitlab-ci.yml'), 'utf8');
  expect(pipelineJobs(pipeline)).toMatch(/^quick .*[\s\S]*^report /m);
  expect(await missingScripts(folder, pipeline)).toEqual([]);
  const manifest = JSON.parse(await readFile(join(folder, 'packages/pricing/package.json'), 'utf8'));
  expect(manifest.name).toBe('@my.team_2-x/pricing');
  const [heading = ''] = (await readFile(join(folder, 'README.md'), 'utf8')).split('\n');
  expect(heading.replaceAll(/\\(.)/g, '$1')).toBe(`# ${directory}`);
});

/** The npm scripts that CI needs and a repository does not have. */
async function missingScripts(folder: string, ci: string): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const called = [...ci.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name]) => name ?? '');
  return [...new Set(called)].filter((name) => scripts[name] === undefined);
}

/** Links the modules of the first repository, and this one's packages by its own scope. */
async function borrowModules(folder: string, scope: string): Promise<void> {
  await shell(folder, 'cp -al "$SHOP/node_modules" .', { SHOP: shop });
  await rm(join(folder, 'node_modules/@shop-one'), { recursive: true });
  await mkdir(join(folder, 'node_modules', scope));
  for (const name of await readdir(join(folder, 'packages'))) {
    await symlink(`../../packages/${name}`, join(folder, 'node_modules', scope, name));
  }
}
