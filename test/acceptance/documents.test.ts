import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examples, followDocuments, impure, PACKAGES } from '../documents/example-workspace.ts';
import { blocksOf, commandsOf, documentAt, forUsers } from '../documents/read-documents.ts';
import type { ScratchWorkspace } from '../scratch-workspace.ts';

// The examples of the documents as they stand, in the packages that the documents tell to generate.
let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await followDocuments();
});
afterAll(() => workspace.remove());

const tests = examples.map(({ path }) => path).filter((path) => path.endsWith('.test.ts') && path !== impure);

async function succeed(command: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.run(command, args, { timeout: 500_000 });
  expect(code, `${command} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

test('the examples compile, all in one program', async () => {
  const include = [...PACKAGES.map((name) => `packages/${name}`), 'generators/job'];
  await workspace.write('tsconfig.documents.json', JSON.stringify({ extends: './tsconfig.json', include }));
  const { stdout } = await workspace.run('tsc', ['-p', 'tsconfig.documents.json']);
  expect(stdout).toBe('');
});

test('the examples are written as the linter and the formatter ask', async () => {
  const code = examples.filter(({ language }) => language === 'ts').map(({ path }) => path);
  await succeed('biome', ['check', '--error-on-warnings', ...code]);
});

test.each(['unit', 'integration'])('the examples of the suite %s pass', async (project) => {
  const files = tests.filter((path) => path.includes(project === 'unit' ? '/src/' : '/integration/'));
  expect(files.length).toBeGreaterThan(1);
  const output = await succeed('vitest', ['run', '--project', project, ...files]);
  expect(output).toContain(`Test Files  ${files.length} passed`);
});

test('the unit test that does I/O fails as the document shows', async () => {
  const { code, stdout, stderr } = await workspace.run('vitest', ['run', '--project', 'unit', impure]);
  expect(code).toBe(1);
  const shown = blocksOf(documentAt('docs/first-test.md')).find((block) => block.code.startsWith('UnitTestDidIo'));
  expect(stdout + stderr).toContain(shown?.code.trim() ?? 'nothing is shown');
});

test('a service whose sample was replaced is green', async () => {
  await succeed('biome', ['check', '--error-on-warnings', 'packages/parcels']);
  for (const project of ['unit', 'integration']) {
    await succeed('vitest', ['run', '--project', project, 'packages/parcels/']);
  }
});

describe('a generator that a document names', () => {
  // Those of the packages that are there already; adopting takes a package that was written by hand.
  const isNew = ([name = '', ...args]: readonly string[]) =>
    !['adopt', 'workspace', 'job'].includes(name) && args.length > 0 && !args.includes('--help');
  const commands = forUsers.flatMap((document) => commandsOf(document, 'npx plop')).filter(isNew);
  const lines = [...new Set(commands.map((args) => args.join(' ')))];

  test.each(lines)('%s', async (line) => {
    const { code, stderr } = await workspace.run('plop', [...line.split(' '), '--yes', '--dry-run']);
    // 3: it is there already, for the documents were followed.
    expect([0, 3], stderr).toContain(code);
  });
});

describe('a run of Vitest that a document names passes', () => {
  const commands = forUsers.flatMap((document) => commandsOf(document, 'npx vitest run'));
  // A debugger is waited for, and coverage takes a package that is not there.
  const runs = commands.filter((args) => !args.some((arg) => /^--(coverage|inspect)/.test(arg)));
  test.each(runs.map((args) => [args.join(' '), args] as const))('%s', async (_, args) => {
    await succeed('vitest', ['run', ...args]);
  });
});
