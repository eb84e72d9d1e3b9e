import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTermsOf, scriptInTermsOf } from '../../generators/engine/package-manager/in-terms-of.ts';
import { managerNamed } from '../../generators/engine/package-manager/managers.ts';
import { sample } from '../sample.ts';
import { installManagers, type Managers, type OtherManager } from './managers.ts';
import { newVersion, type PublishedPackages, publishPackages } from './publish.ts';
import { createRepository, type Repository } from './repository.ts';

const VERSION = newVersion();
let registry: PublishedPackages;
let managers: Managers;

beforeAll(async () => {
  managers = await installManagers();
  registry = await publishPackages(VERSION);
});
afterAll(async () => {
  await registry?.end();
  await managers?.remove();
});

const others = ['pnpm', 'yarn', 'bun'] as const satisfies readonly OtherManager[];
const drawn = sample('Package managers', others, 1 / 3, (name) => name);

describe.each(drawn)('%s', (name) => {
  const manager = managerNamed(name);
  let shop: Repository;
  /** Runs a command line that is written for npm. */
  const shell = (command: string, environment?: NodeJS.ProcessEnv) =>
    shop.shell(inTermsOf(manager, command), environment);

  beforeAll(async () => {
    // Without --package-manager: the one that runs the command.
    shop = await createRepository(registry, VERSION, '--scope @shop --yes', managers.creator(name, registry));
  });
  afterAll(() => shop?.remove());

  test('a new repository has its lockfile in the first commit, nothing of npm, and nothing that installing changed', async () => {
    expect(await shop.shell('git status --short')).toBe('');
    const files = (await shop.shell('git ls-files')).trim().split('\n');
    expect(files).toContain(manager.lockfile);
    expect(files).not.toContain('package-lock.json');
    expect(JSON.parse(await shop.read('package.json')).packageManager).toBe(`${name}@${manager.version}`);
    expect(await shop.shell(inTermsOf(manager, 'npx splitlevel --version'))).toMatch(
      new RegExp(`^Splitlevel ${VERSION}\\n`),
    );
    expect(await shell('npx plop --help')).toContain(inTermsOf(manager, 'Usage: npx plop GENERATOR'));
  });

  test('what CI installs is what the lockfile has', async () => {
    await shop.shell(scriptInTermsOf(manager, 'npm ci'));
    expect(await shop.shell('git status --short')).toBe('');
  });

  test('a generated service is installed, and all four targets are green on embedded servers', async () => {
    await shell('npx plop service orders --yes');
    const output = await shell('npm test', { TESTKIT_RUNTIME: 'embedded' });
    expect(output).toMatch(/Successfully ran targets lint, typecheck, unit, integration for/);
    expect(output).toMatch(/postgres .* embedded/);
    expect(await shop.read('packages/orders/README.md')).toContain(inTermsOf(manager, 'npx nx unit orders'));
  });

  test('it keeps to the standard', async () => {
    const output = await shell('npm run --silent standard');
    expect(output).toMatch(/orders +(\d+)\/\1 +all holds/);
    expect(output).toContain('The repository keeps to the standard.');
  });

  test('nx affected runs what a change can break, and CI plans the same', async () => {
    await shop.shell('git add --all && git commit --quiet --message Packages && git switch --quiet --create branch');
    await shop.write('packages/orders/integration/notes.txt', 'A change.\n');
    const output = await shell('npx nx affected -t integration --outputStyle=static', { TESTKIT_RUNTIME: 'embedded' });
    expect(output).toContain('Successfully ran target integration for project orders');
    expect(await shell('npm run --silent ci:plan')).toMatch(/orders +integration/);
  });
});
