import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workflowProblems } from '../integration/workflow-problems.ts';
import { sample } from '../sample.ts';
import { repositoryRoot } from '../scratch-workspace.ts';
import { newVersion, type PublishedPackages, publishPackages } from './publish.ts';
import { createRepository, type Repository } from './repository.ts';

const VERSION = newVersion();
let registry: PublishedPackages;
let shop: Repository;

beforeAll(async () => {
  registry = await publishPackages(VERSION);
  shop = await createRepository(registry, VERSION, '--scope @shop --yes');
});
afterAll(async () => {
  await shop?.remove();
  await registry?.end();
});

/** Runs the targets of all packages; the tasks of the service that the cache did not answer. */
async function tasksThatRan(runtime: string): Promise<string[]> {
  const command = 'npx nx run-many -t lint typecheck unit integration --outputStyle=static';
  const output = await shop.shell(command, { TESTKIT_RUNTIME: runtime });
  return [...output.matchAll(/^> nx run orders:(\w+)(.*)$/gm)]
    .flatMap(([, target = '', rest = '']) => (rest.includes('[') ? [] : [target]))
    .sort();
}

/** Installs a version of one of the packages, whatever the others ask for. */
async function installAs(name: string, version: string): Promise<void> {
  await shop.edit((manifest) => ({
    ...manifest,
    devDependencies: {
      ...manifest.devDependencies,
      ...(name in manifest.devDependencies ? { [name]: version } : {}),
    },
    overrides: { ...manifest.overrides, [name]: version },
  }));
  await shop.shell('npm install --no-audit --no-fund --prefer-offline');
}

test('a new repository has one commit of its owner, a lockfile in it, and nothing that installing changed', async () => {
  expect(await shop.shell("git log --format='%an %s' main")).toBe(
    `Owner Start shop on the Splitlevel standard ${VERSION}\n`,
  );
  expect(await shop.shell('git status --short')).toBe('');
  const files = (await shop.shell('git ls-files')).trim().split('\n');
  expect(files).toContain('package-lock.json');
  expect(files.length).toBeLessThanOrEqual(41);
  const packages = Object.keys(JSON.parse(await shop.read('package-lock.json')).packages).length;
  const size = (await shop.shell('du -sm node_modules')).split('\t')[0];
  console.log(`A new repository: ${files.length} files, ${packages} packages, ${size} MB installed.`);
});

test('names a version of all that its tools expect beside them', async () => {
  const { devDependencies } = JSON.parse(await shop.read('package.json'));
  for (const name of Object.keys(devDependencies)) {
    const { peerDependencies = {}, peerDependenciesMeta = {} } = JSON.parse(
      await shop.read(`node_modules/${name}/package.json`),
    );
    const expected = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
    expect(Object.keys(devDependencies), name).toEqual(expect.arrayContaining(expected));
  }
});

test('has a workflow that GitHub accepts, and whose scripts are there', async () => {
  const workflow = await shop.read('.github/workflows/ci.yml');
  expect(await workflowProblems(workflow)).toEqual([]);
  const { scripts } = JSON.parse(await shop.read('package.json'));
  const called = [...workflow.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name]) => name ?? '');
  expect(called).toEqual(expect.arrayContaining(['ci', 'ci:plan', 'standard']));
  for (const name of called) {
    expect(scripts, name).toHaveProperty([name]);
  }
});

test('keeps to the standard, and nx affected works, from the first commit on', async () => {
  expect(await shop.shell('npx nx affected -t integration')).toContain('No tasks were run');
  expect(await shop.shell('npm run --silent standard')).toContain('The repository keeps to the standard.');
});

test('npx plop and npx splitlevel are the same command, and say what there is', async () => {
  const help = await shop.shell('npx plop --help');
  expect(help).toMatch(/^Usage: npx plop GENERATOR/);
  expect(await shop.shell('npx splitlevel --help')).toBe(help);
  expect(await shop.shell('npx plop --version')).toMatch(new RegExp(`^Splitlevel ${VERSION}\\n`));
});

test('the two commands of its README are green as they stand there', async () => {
  const [, generate = '', check = ''] =
    /\n {4}(npm ci && npx plop service orders) .*\n {4}(npm ci && npm test) /.exec(await shop.read('README.md')) ?? [];
  await shop.shell(`${generate} --upstream rates --yes`);
  await shop.shell('npx plop library money --yes');
  await shop.shell('npx plop fixture --package orders --kind redis --yes');
  const output = await shop.shell(check, { TESTKIT_RUNTIME: 'containers' });
  expect(output).toMatch(/Successfully ran targets lint, typecheck, unit, integration for/);
  expect(await tasksThatRan('containers'), 'and nothing the second time').toEqual([]);
  expect(await shop.shell('git status --short')).toBe(' M package-lock.json\n?? packages/\n');
});

test('a change is compared with the default branch: only what it can break runs', async () => {
  await shop.shell('git add --all && git commit --quiet --message Packages && git switch --quiet --create branch');
  await shop.write('packages/orders/integration/notes.txt', 'A change.\n');
  const affected = 'npx nx show projects --affected --with-target integration --json';
  expect(JSON.parse(await shop.shell(affected))).toEqual(['orders']);
  const plan = await shop.shell('npm run --silent ci:plan');
  expect(plan).toMatch(/^orders +integration +runs/m);
  expect(plan).not.toMatch(/^money .* runs/m);
  await shop.shell('git clean --quiet --force packages');
});

test('tests beside its packages run, and fail where no suite looks', async () => {
  const red = "import { expect, test } from 'vitest';\n\ntest('is red', () => expect(1).toBe(2));\n";
  await shop.shell('mkdir -p test/integration scripts');
  for (const path of ['generators/own.test.ts', 'test/integration/own.test.ts', 'scripts/own.test.ts']) {
    await shop.write(path, red);
  }
  const unit = await shop.shell('npx nx unit workspace 2>&1; test $? = 1');
  expect(unit).toContain('generators/own.test.ts > is red');
  expect(unit).toContain('scripts/own.test.ts: no suite looks here.');
  expect(unit).not.toContain('test/integration/own.test.ts');
  const integration = await shop.shell('npx nx integration workspace 2>&1; test $? = 1');
  expect(integration).toContain('test/integration/own.test.ts > is red');
  await shop.shell('npx nx lint workspace && npx nx typecheck workspace');
  await shop.shell('rm -r generators/own.test.ts test scripts');
});

test('keeps to the standard with its packages', async () => {
  const output = await shop.shell('npm run --silent standard');
  expect(output).toMatch(/orders +(\d+)\/\1 +all holds/);
  expect(output).toContain('The repository keeps to the standard.');
});

test('the guard that comes from node_modules refuses the same ways of I/O', async () => {
  const folder = join(repositoryRoot, 'packages/guards/integration/fixtures');
  const tests = ['network', 'processes', 'writes'].map(
    (name) => [name, `packages/orders/src/${name}.test.ts`] as const,
  );
  for (const [name, path] of tests) {
    await shop.write(path, await readFile(join(folder, `${name}.fixture.ts`), 'utf8'));
  }
  const files = tests.map(([, path]) => path).join(' ');
  const options = '--project unit --reporter=json --outputFile=report.json';
  await shop.shell(`npx vitest run ${options} ${files}; test $? = 1`);
  const report = JSON.parse(await shop.read('report.json')) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const tried = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(tried.length).toBeGreaterThan(45);
  const wrong = tried.filter(({ status, failureMessages }) => {
    return status !== 'failed' || !/The unit test .* tried to /.test(failureMessages.join('\n'));
  });
  expect(wrong).toEqual([]);
  await shop.shell(`rm report.json ${files}`);
});

test('a generator of its own and a template in place of one of the pack’s work, and are listed', async () => {
  const readme = await shop.read('generators/README.md');
  const [, generator = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  await shop.shell('mkdir -p generators/job templates/job/base/src templates/library/base');
  await shop.write('generators/job/generator.ts', generator);
  await shop.write(
    'templates/job/base/package.json.hbs',
    '{ "name": "{{scope}}/{{name}}", "private": true, "type": "module", "nx": { "name": "{{name}}", "targets": { "lint": {}, "typecheck": {}, "unit": {} } } }\n',
  );
  await shop.write('templates/job/base/tsconfig.json', '{ "extends": "../../tsconfig.json", "include": ["src"] }\n');
  await shop.write('templates/job/base/src/main.ts.hbs', "console.log('{{name}}');\n");
  await shop.write(
    'templates/job/base/src/sum.test.ts',
    "import { expect, test } from 'vitest';\n\ntest('a sum', () => {\n  expect(1 + 1).toBe(2);\n});\n",
  );
  await shop.write('templates/library/base/README.md.hbs', '# The library {{name}}\n');
  await shop.shell('npx plop job nightly --yes');
  await shop.shell('npx plop library sums --yes');
  expect(await shop.read('packages/nightly/src/main.ts')).toBe("console.log('nightly');\n");
  expect(await shop.read('packages/sums/README.md')).toBe('# The library sums\n');
  expect(await shop.has('packages/sums/src/index.ts'), 'the others are the pack’s').toBe(true);
  const output = await shop.shell('npm run --silent standard');
  expect(output).toMatch(/templates\/library\/base\/README\.md\.hbs takes the place of the one of\s+Splitlevel/);
  expect(await shop.shell('npx nx run-many -t lint typecheck unit')).toContain('Successfully ran targets');
  await shop.shell('git add --all && git commit --quiet --message Own');
});

test('embedded servers answer too', async () => {
  // RabbitMQ, NATS and Redis are there as containers only.
  await shop.shell('npx plop service plain --yes');
  const output = await shop.shell('npx nx integration plain', { TESTKIT_RUNTIME: 'embedded' });
  expect(output).toMatch(/postgres .* embedded/);
});

test('the levels of a package are told where @splitlevel/levels is installed', async () => {
  const missing = await shop.shell('npx splitlevel levels --package money 2>&1; test $? = 1');
  const [install] = /npm install --save-dev --save-exact @splitlevel\/levels@\S+/.exec(missing) ?? [];
  expect(missing).toContain('npx splitlevel levels needs @splitlevel/levels, which is not installed here.');
  await shop.shell(`${install} --no-audit --no-fund --prefer-offline`);
  const report = JSON.parse(await shop.shell('npx splitlevel levels --package money --json'));
  expect(report.counts.code).toMatchObject({ untried: 0 });
  expect(report.counts.code.unit).toBeGreaterThan(0);
  await shop.shell('git checkout --quiet package.json package-lock.json');
  await shop.shell('npm install --no-audit --no-fund --prefer-offline');
});

const versioned = [
  // The linter's rules come with splitlevel, which depends on all of them. What runs suites changes no outcome of a test.
  ['@splitlevel/testkit', 'testkit', ['integration', 'lint', 'typecheck']],
  ['@splitlevel/guards', 'guards', ['integration', 'lint', 'typecheck', 'unit']],
  ['splitlevel', 'splitlevel', ['lint', 'typecheck']],
] as const;
test.each(sample('other versions', versioned, 1 / 3, ([name]) => name))(
  'another version of %s runs what it can break',
  async (name, folder, targets) => {
    await tasksThatRan('containers');
    await registry.publishAs(folder, '1.0.1');
    await installAs(name, '1.0.1');
    expect(await tasksThatRan('containers')).toEqual(targets);
  },
);

test('what it has of its own survives another version of the generators', async () => {
  await registry.publishAs('generators', '1.0.1');
  await installAs('@splitlevel/generators', '1.0.1');
  await shop.shell('npx plop library parts --yes --no-install && npx plop job weekly --yes --no-install');
  expect(await shop.read('packages/parts/README.md')).toBe('# The library parts\n');
  expect(await shop.has('packages/weekly/src/main.ts')).toBe(true);
  await shop.shell('git clean --quiet --force -d packages');
});

test('another repository is made from it, with names that are unusual but legal, on the other forge', async () => {
  const directory = "../Größe & [x] (2) 'ü' $& {y}";
  const options = '--scope @my.team_2-x --forge gitlab --owner @a/b --yes --no-install';
  await shop.shell(`npx plop workspace "$DIRECTORY" ${options}`, { DIRECTORY: directory });
  const folder = join(shop.root, directory);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['.gitlab-ci.yml', 'CODEOWNERS', 'package.json']));
  await shop.shell('cd "$FOLDER" && npm install --no-audit --no-fund --prefer-offline', { FOLDER: folder });
  const result = await shop.shell('cd "$FOLDER" && npm test && npm run --silent standard', { FOLDER: folder });
  expect(result).toContain('The repository keeps to the standard.');
});
