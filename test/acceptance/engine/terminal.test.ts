import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createEngineWorkspace,
  type EngineWorkspace,
  plopCommand,
  plopEnvironment,
} from '../../integration/engine/engine-workspace.ts';
import { recordIn } from '../../record-in.ts';

let workspace: EngineWorkspace;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
});
afterEach(async () => workspace.remove());

const ENTER = '\r';
const DOWN = '\u001b[B';
const UP = '\u001b[A';
const QUIET_MS = 150;
const CONTROL_C = '\u0003';
const CONTROL_D = '\u0004';
const ESCAPE = '\u001b';

interface Session {
  readonly code: number | null;
  /** All that the terminal showed, without its control characters. */
  readonly screen: string;
}

/**
 * Runs Plop at a pseudo-terminal, which `script` of util-linux gives, and types each answer once its question is shown.
 * @param dialogue a part of what is asked, and what is typed then, in order.
 */
async function atTerminal(
  args: readonly string[],
  dialogue: readonly [string, string][],
  columns = 80,
): Promise<Session> {
  const command = [...plopCommand(workspace.root), ...args].map((each) => `'${each}'`).join(' ');
  const child = spawn('script', ['-qec', `stty columns ${columns}; exec ${command}`, '/dev/null'], {
    cwd: workspace.root,
    env: plopEnvironment(workspace.root, { SHELL: '/bin/sh', TERM: 'xterm' }),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const waiting = [...dialogue];
  let screen = '';
  let seen = 0;
  let quiet: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen += stripVTControlCharacters(chunk);
    clearTimeout(quiet);
    const next = waiting[0];
    const found = next === undefined ? -1 : screen.indexOf(next[0], seen);
    if (next !== undefined && found !== -1) {
      // A person types when the question has been drawn.
      quiet = setTimeout(() => {
        seen = next[0] === '' ? screen.length : found + next[0].length;
        waiting.shift();
        child.stdin.write(next[1]);
      }, QUIET_MS);
    }
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(new Error('These tests need script, of util-linux', { cause: error })));
    child.on('close', resolve);
  });
  clearTimeout(timer);
  expect(waiting, screen).toEqual([]);
  return { code, screen };
}

const QUESTIONS: readonly [string, string][] = [
  ['What is the name of the package?', `orders${ENTER}`],
  ['What it is for', ENTER],
  ['What it keeps', `invoice${ENTER}`],
  ['Where it keeps it', ENTER],
  ['A service that it calls', `rates, stock${ENTER}`],
  ['Log more', `y${ENTER}`],
  ['Port', ENTER],
  ['Write it?', ENTER],
];

function answers(): unknown {
  return recordIn(workspace.root, 'packages/orders')[0].answers;
}

test('asks every option, and takes the defaults by Enter', async () => {
  const { code, screen } = await atTerminal(['sample', '--no-install'], QUESTIONS);
  expect(code, screen).toBe(0);
  expect(answers()).toEqual({
    name: 'orders',
    description: 'The orders package.',
    entity: 'invoice',
    database: 'none',
    upstream: ['rates', 'stock'],
    verbose: true,
    port: 3000,
  });
  expect(screen).toContain('Next:');
});

test('asks what the other answers call for, and says at once what is wrong with one', async () => {
  const { code, screen } = await atTerminal(
    ['sample', '--no-install', '--port', '1', '--no-verbose', '--upstream', 'rates', '--description', 'x'],
    [
      ['What is the name of the package?', `Orders${ENTER}`],
      ['is not a name in kebab-case', `${'\u007f'.repeat(6)}orders${ENTER}`],
      ['What it keeps', ENTER],
      ['Where it keeps it', `${UP}${ENTER}`],
      ['Connections', `99${ENTER}`],
      ['must be an integer from 1 to 50, not 99', `\u007f\u007f5${ENTER}`],
      ['Write it?', ENTER],
    ],
  );
  expect(code, screen).toBe(0);
  expect(answers()).toMatchObject({ name: 'orders', database: 'sqlite', poolSize: 5, verbose: false, port: 1 });
});

test('lists the generators to choose from', async () => {
  const { code, screen } = await atTerminal(
    ['--no-install'],
    [
      ['Which generator?', `${DOWN}${DOWN}${ENTER}`],
      ['Name of the folder', `orders${ENTER}`],
      ['Write it?', ENTER],
    ],
  );
  expect(code, screen).toBe(0);
  expect(screen).toContain('sample - A package for the tests of the engine');
  expect(await workspace.read('packages/orders/note.txt')).toBe('one file\n');
});

describe('asks nothing', () => {
  test('with --yes', async () => {
    const { code, screen } = await atTerminal(['sample', 'orders', '--yes', '--no-install'], []);
    expect(code, screen).toBe(0);
    expect(screen).not.toContain('?');
  });

  test('with --json', async () => {
    const { code, screen } = await atTerminal(['sample', '--json', '--no-install'], []);
    expect(code, screen).toBe(2);
    expect(JSON.parse(screen)).toMatchObject({ ok: false, exitCode: 2 });
  });

  test('before it has refused what was typed', async () => {
    const { code, screen } = await atTerminal(['sample', '--database', 'oracle', '--no-install'], []);
    expect(code).toBe(2);
    expect(screen).toBe('--database: must be one of sqlite, none, not "oracle"\r\n');
  });
});

describe('it is ended with 130, one line and nothing written', () => {
  const list = ['sample', 'a', '--description=x', '--entity=book'];
  test.each([
    ['by Ctrl-C at the list of generators', [], [['Which generator?', CONTROL_C]]],
    ['by Ctrl-D at the list of generators', [], [['Which generator?', CONTROL_D]]],
    ['by Ctrl-C half way through an answer', ['sample'], [['What is the name', `ord${CONTROL_C}`]]],
    ['by Ctrl-D at the first question', ['sample'], [['What is the name', CONTROL_D]]],
    ['by Ctrl-C at a list', list, [['Where it keeps it', CONTROL_C]]],
    ['by Ctrl-D at a list', list, [['Where it keeps it', CONTROL_D]]],
    ['by Ctrl-D at yes or no', [...list, '--database=none', '--upstream=rates'], [['Log more', CONTROL_D]]],
    ['by Ctrl-C at the last question', ['sample'], [...QUESTIONS.slice(0, -2), ['Port', CONTROL_C]]],
    ['by Ctrl-D at the summary', ['sample'], [...QUESTIONS.slice(0, -1), ['Write it?', CONTROL_D]]],
    ['by Cancel', ['sample'], [...QUESTIONS.slice(0, -1), ['Write it?', `${DOWN}${DOWN}${ENTER}`]]],
  ] as [string, string[], [string, string][]][])('%s', async (_when, args, dialogue) => {
    const before = await workspace.tree();
    const { code, screen } = await atTerminal([...args, '--no-install'], dialogue);
    expect(code, screen).toBe(130);
    expect(screen).toMatch(/\nCancelled; nothing was written\.\r\n$/);
    expect(screen).not.toMatch(/\bat .*:\d+:\d+/);
    expect(await workspace.tree()).toEqual(before);
  });
});

describe('the way back', () => {
  test('Escape asks the question before again, with its answer, and derives the defaults anew', async () => {
    const { code, screen } = await atTerminal(
      ['sample', '--no-install', '--no-verbose', '--upstream', 'rates', '--port', '1'],
      [
        ['What is the name of the package?', `order${ENTER}`],
        ['(The order package.)', ESCAPE],
        ['What is the name of the package? (order)', `orders${ENTER}`],
        ['(The orders package.)', ENTER],
        ['What it keeps', `invoice${ENTER}`],
        ['Where it keeps it', ESCAPE],
        ['What it keeps (invoice)', ENTER],
        ['Where it keeps it', ENTER],
        ['Write it?', ENTER],
      ],
    );
    expect(code, screen).toBe(0);
    expect(screen).toContain('Esc goes back, Ctrl-C cancels.');
    expect(answers()).toMatchObject({ name: 'orders', description: 'The orders package.', entity: 'invoice' });
  });

  test('the summary says what is going to be written, and Back leads from it to the last question', async () => {
    const { code, screen } = await atTerminal(
      ['simple', '--no-install'],
      [
        ['Name of the folder', `ordres${ENTER}`],
        ['Write it?', `${DOWN}${ENTER}`],
        ['Name of the folder (ordres)', `orders${ENTER}`],
        ['Write it?', ENTER],
      ],
    );
    expect(code, screen).toBe(0);
    for (const name of ['ordres', 'orders']) {
      expect(screen).toContain(`packages/${name}: 3 files (3 new)`);
    }
    expect(screen).toContain('  create  packages/orders/note.txt');
    expect(await workspace.read('packages/orders/note.txt')).toBe('one file\n');
    await expect(workspace.read('packages/ordres/note.txt')).rejects.toThrow('ENOENT');
  });
});

describe('a narrow terminal', () => {
  test.each([0, 1, 2, 10, 20])(
    'of %i columns: the same package, and no hang',
    async (columns) => {
      const dialogue = QUESTIONS.map(([, typed]): [string, string] => ['', typed]);
      const { code, screen } = await atTerminal(['sample', '--no-install'], dialogue, columns);
      expect(code, screen).toBe(0);
      expect(answers()).toMatchObject({ name: 'orders', entity: 'invoice', upstream: ['rates', 'stock'] });
    },
    20_000,
  );

  test('of 0 columns, without questions: the plain output', async () => {
    const { code, screen } = await atTerminal(['simple', 'orders', '--no-install'], [], 0);
    expect(code).toBe(0);
    expect(screen.replaceAll('\r', '')).toBe(
      '  create  packages/orders/note.txt\n  create  packages/orders/.splitlevel/base/1-simple.txt\n  create  packages/orders/.splitlevel/runs/1-simple.json\nWrote packages/orders.\n\nNext:\n  npm install\n',
    );
  });
});
