import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningCommand } from '../../running-command.ts';
import { whole } from '../../sample.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

// What the README promises somebody who has cloned the repository, on a machine without a container engine. It is also what
// shows that all suites are green on embedded servers.
let workspace: ScratchWorkspace;
let start: readonly string[];
const environment = {
  DOCKER_HOST: 'unix:///nonexistent/docker.sock',
  TESTKIT_RUNTIME: undefined,
  CI: undefined,
  NO_COLOR: undefined,
};
/** For npm's downloads and all suites, in milliseconds. */
const timeout = 900_000;

beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing'], false);
  await workspace.run('git', ['init', '--quiet', '--initial-branch', 'main']);
  await workspace.run('git', ['add', '.']);
  const author = ['-c', 'user.name=Newcomer', '-c', 'user.email=newcomer@example.org'];
  const commit = await workspace.run('git', [...author, 'commit', '--quiet', '--message', 'Start']);
  expect(commit.code, commit.stderr).toBe(0);
  const [, section = ''] = /^## Start$([\s\S]*?)^## /m.exec(await workspace.read('README.md')) ?? [];
  start = section.match(/^ {4}.+$/gm)?.map((line) => line.trim()) ?? [];
});
afterAll(() => workspace.remove());

async function shell(command: string): Promise<string> {
  const outcome = await workspace.run('bash', ['-c', command], { environment, timeout });
  const output = stripVTControlCharacters(outcome.stdout + outcome.stderr);
  expect(outcome.code, `${command}\n${output}`).toBe(0);
  return output;
}

/** Runs a command at a terminal, where Enter is typed at each question; resolves with what the terminal showed. */
async function atTerminal(command: string): Promise<string> {
  const session = workspace.start('script', ['-qec', command, '/dev/null'], {
    input: true,
    environment: { ...environment, SHELL: '/bin/bash', TERM: 'xterm' },
  });
  const typing = setInterval(() => {
    if (isAsking(session)) {
      session.type('\r');
    }
  }, 400);
  const code = await session.finish(timeout).finally(() => clearInterval(typing));
  const screen = stripVTControlCharacters(session.output());
  expect(code, screen).toBe(0);
  return screen;
}

/** A question's line stands last on the screen, or its list of choices. */
function isAsking(session: RunningCommand): boolean {
  const lines = stripVTControlCharacters(session.output()).trimEnd().split('\n').slice(-12);
  return lines.some((line) => /^\W*\? /.test(line));
}

test('the README has two commands to start with', () => {
  expect(start).toEqual([
    expect.stringMatching(/^npm ci && npx plop service orders\b/),
    expect.stringMatching(/^npm ci && npm test\b/),
  ]);
});

test('both commands work as they stand there, with packages of all kinds', { timeout: 2 * timeout }, async () => {
  const screen = await atTerminal(start[0] as string);
  expect(screen).toMatch(/Wrote packages\/orders\./);
  expect(await workspace.run('git', ['diff', '--stat']), 'nothing but the new package and its link').toMatchObject({
    stdout: expect.stringMatching(/^( package-lock\.json .*\n 1 file changed.*\n)$/),
  });
  // Both states take as long as all suites; without the second one nothing would be known of packages of other kinds.
  if (whole) {
    expectGreen(await shell(start[1] as string));
  }
  await shell("npx plop entity order-line --package orders --field 'unit-price:numeric(12,2)' --yes");
  await shell('npx plop library sums --yes');
  expectGreen(await shell(start[1] as string));
});

function expectGreen(output: string): void {
  expect(output).toMatch(/testkit: postgres [\d.]+ .*embedded/);
  expect(output).toMatch(/Successfully ran targets lint, typecheck, unit, integration for \d+ projects/);
  for (const project of ['orders', 'pricing', 'testkit', 'workspace']) {
    expect(output).toContain(`nx run ${project}:integration`);
  }
}

test('a package that is made again is unchanged, and with another answer a conflict', async () => {
  expect(await shell('npx plop library sums --yes')).toMatch(/unchanged/i);
  const again = await workspace.run('npx', ['plop', 'library', 'sums', '--yes', '--description', 'Other sums.']);
  expect(again.code).toBe(3);
});

test('nx affected tests the new package, and not the others', async () => {
  await shell('git add . && git -c user.name=N -c user.email=n@example.org commit --quiet -m orders');
  await workspace.write('packages/orders/integration/note.test.ts', "import { test } from 'vitest';\n");
  const affected = await shell('npx nx show projects --affected --base HEAD --with-target integration --json');
  expect(JSON.parse(/\[.*\]/.exec(affected)?.[0] ?? '')).toContain('orders');
  expect(affected).not.toContain('pricing');
});
