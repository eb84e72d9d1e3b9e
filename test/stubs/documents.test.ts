import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../sample.ts';
import { createScratchWorkspace, type Outcome, repositoryRoot, type ScratchWorkspace } from '../scratch-workspace.ts';

// Documents of others are taken from beside the repository, where they are.
const folders = [join(import.meta.dirname, 'documents'), join(dirname(repositoryRoot), 'shared/openapi')];
const documents = folders
  .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : []))
  .filter((file) => /\.(ya?ml|json)$/.test(file));
/** It describes no more than what its owner calls. */
const [without, callable] = [true, false].map((wanted) =>
  documents.filter((file) => file.includes('webhook-example') === wanted),
);
const drawn = sample('documents of OpenAPI', callable ?? [], 1 / 3, (file) => basename(file));
const packages = drawn.map((file) => [`from-${basename(file).replace(/\W/g, '-')}`, file] as const);

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

async function plop(...args: string[]): Promise<Outcome> {
  return await workspace.run('plop', [...args, '--yes', '--no-install']);
}

async function expectGreen(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.run(command, args, { timeout: 500_000 });
  expect(code, stdout + stderr).toBe(0);
  return stdout;
}

describe('a document becomes a client and stubs, once', () => {
  test.for(packages)('%s', async ([name, file]) => {
    await expectGreen('plop', 'service', name, '--database', 'none', '--yes', '--no-install');
    const stub = ['stub', 'shop', '--package', name, '--spec'];
    expect(await plop(...stub, file)).toMatchObject({ code: 0, stderr: '' });
    expect(await plop(...stub, file)).toMatchObject({ code: 0, stdout: expect.stringContaining('Unchanged: ') });
  });
});

test.for(without ?? [])('a document without paths is refused: %s', async (file) => {
  await plop('service', 'hooked', '--database', 'none');
  const { code, stderr } = await plop('stub', 'shop', '--package', 'hooked', '--spec', file);
  expect(code).toBe(2);
  expect(stderr).toContain('#/paths: the document has no paths, so that there is nothing to call');
});

describe('what was made of the documents is green', () => {
  test('for the compiler', async () => {
    const include = packages.flatMap(([name]) => [`packages/${name}/src`, `packages/${name}/integration`]);
    await workspace.write('tsconfig.made.json', JSON.stringify({ extends: './tsconfig.json', include }));
    await expectGreen('tsc', '-p', 'tsconfig.made.json');
  });

  test('for the linter', async () => {
    await expectGreen('biome', 'check', '--error-on-warnings', ...packages.map(([name]) => `packages/${name}`));
  });

  test('in the unit suites', async () => {
    await expectGreen('vitest', 'run', '--project', 'unit', 'packages/from-');
  });

  test('in the contract tests: each stub loads, fits, and is understood', async () => {
    const output = await expectGreen('vitest', 'run', '--project', 'integration', 'integration/shop.test.ts');
    for (const [name] of packages) {
      expect(output).toContain(`packages/${name}/integration/shop.test.ts`);
    }
  });
});
