import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 180_000 });

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
  for (const command of ['library sums', 'service orders --upstream rates']) {
    const made = await workspace.run('plop', [...command.split(' '), '--yes', '--no-install']);
    expect(made.code, made.stderr).toBe(0);
  }
});
afterAll(() => workspace.remove());

const levels = (...args: readonly string[]) => workspace.run('splitlevel', ['levels', ...args], { timeout: 500_000 });

test('unit tests catch what they assert, and what they do not is told with its place', async () => {
  await workspace.write(
    'packages/sums/src/deep.ts',
    'export const isDeep = (percent: number): boolean => percent > 50;\n',
  );
  const testOf = (name: string) => `import { expect, test } from 'vitest';
import { isDeep } from './deep.ts';

test('${name}', () => {
  expect(isDeep(60)).toBe(true);
  expect(isDeep(40)).toBe(false);
});
`;
  await workspace.write('packages/sums/src/deep.test.ts', testOf('more than half is deep'));
  await workspace.write('packages/sums/src/again.test.ts', testOf('the same once more'));
  const { code, stdout, stderr } = await levels('--package', 'packages/sums/');
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('- `src/deep.ts:1` equality operator: `percent > 50` → `(percent >= 50)`');
  expect(stdout).not.toContain('`percent > 50` → `(true)`');
  expect(stdout).toContain('- `src/again.test.ts`: the same once more');
  expect((await workspace.run('git', ['status', '--short'])).stdout).not.toContain('deep.ts.');
});

test('a loop without an end is caught, and nothing is left that runs it', async () => {
  const made = await workspace.run('plop', ['library', 'loops', '--integration', '--yes', '--no-install']);
  expect(made.code, made.stderr).toBe(0);
  await workspace.run('rm', ['-r', 'packages/loops/src', 'packages/loops/integration']);
  await workspace.run('mkdir', ['packages/loops/src', 'packages/loops/integration']);
  await workspace.write(
    'packages/loops/src/sum.ts',
    'export function sum(n: number): number {\n  let all = 0;\n  for (let i = 0; i < n; i += 1) {\n    all += i;\n  }\n  return all;\n}\n',
  );
  await workspace.write(
    'packages/loops/integration/sum.test.ts',
    "import { expect, test } from 'vitest';\nimport { sum } from '../src/sum.ts';\n\ntest('a sum', () => {\n  expect(sum(4)).toBe(6);\n});\n",
  );
  const { code, stdout, stderr } = await levels('--package', 'loops', '--json');
  expect(code, stderr).toBe(0);
  const { survivors } = JSON.parse(stdout) as { survivors: { path: string; replacement: string }[] };
  expect(survivors.filter(({ path }) => path === 'src/sum.ts').map(({ replacement }) => replacement)).not.toContain(
    'i -= 1',
  );
  // Its copies lie in a folder that is named after the workspace.
  const scratch = createHash('sha256').update(workspace.root).digest('hex').slice(0, 12);
  const processes = await workspace.run('bash', ['-c', 'readlink /proc/*/cwd | grep -F "$0" || true', scratch]);
  expect(processes.stdout).toBe('');
});

test('a verdict of an earlier run holds until something changes that it follows from', async () => {
  const numbers = async () => {
    const { code, stdout, stderr } = await levels('--package', 'sums');
    expect(code, stderr).toBe(0);
    const [, tried = '', known = '0'] =
      /^(\d+) of .* s(?:, with (\d+) verdicts of earlier runs)?\./m.exec(stdout) ?? [];
    return { tried: Number(tried), known: Number(known) };
  };
  const again = await numbers();
  expect(again.known).toBe(again.tried);
  const tests = await workspace.read('packages/sums/src/again.test.ts');
  await workspace.write('packages/sums/src/again.test.ts', `${tests}\n// Another text.\n`);
  const changed = await numbers();
  expect(changed.known).toBeLessThan(again.known);
  expect(changed.known).toBeGreaterThan(0);
});

test('a service is asked on both levels, and its files stay as they are', async () => {
  const before = await workspace.read('packages/orders/src/service.ts');
  const { code, stdout, stderr } = await levels('--package', 'orders', '--minutes', '1.5', '--json');
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/integration: \d+ of \d+ mutants tried, \d+ caught/);
  const { counts } = JSON.parse(stdout);
  expect(Object.keys(counts).sort()).toEqual(['bound', 'code', 'migration', 'query', 'stub', 'text']);
  expect(counts.code['unit, at least']).toBeGreaterThan(20);
  const byIntegration = Object.values<Record<string, number>>(counts).map((each) => each.integration ?? 0);
  expect(byIntegration.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0);
  expect(await workspace.read('packages/orders/src/service.ts')).toBe(before);
});

test.for([
  [['--package', 'nothing'], 2, /^There is no package "nothing" in this repository\nName one of: .*orders/],
  [[], 2, /^--package is missing\nName the package: npx splitlevel levels --package orders/],
  [['--package', 'sums', '--minutes', 'ten'], 2, /^--minutes ten: is not a number of minutes/],
  [['--pakage', 'sums'], 2, /^Unknown option '--pakage'/],
] as const)('%j is refused', async ([args, expected, message]) => {
  const { code, stdout, stderr } = await levels(...args);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).toMatch(message);
});

test('a suite that is red as it stands is refused, with its failures', async () => {
  await workspace.write(
    'packages/sums/src/red.test.ts',
    "import { expect, test } from 'vitest';\n\ntest('one is two', () => expect(1).toBe(2));\n",
  );
  const { code, stderr } = await levels('--package', 'sums');
  expect(code).toBe(1);
  expect(stderr).toContain('The unit tests of packages/sums are red before anything was changed:');
  expect(stderr).toContain('src/red.test.ts: one is two: ');
  expect(stderr).toContain('Make them green, then run this again.');
});
