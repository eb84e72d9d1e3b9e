import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngineWorkspace, type EngineWorkspace } from '../../integration/engine/engine-workspace.ts';
import { recordIn } from '../../record-in.ts';

// Each test starts Plop, some of them several times: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let workspace: EngineWorkspace;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
});
afterEach(async () => workspace.remove());

describe('what npx plop says of itself', () => {
  test('a generator that is not there: the nearest one, and all of them', async () => {
    const { code, stdout, stderr } = await workspace.plop(['smple']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'There is no generator "smple"; did you mean sample?\nThe generators are: joined, sample, simple.\n',
    );
  });

  test.each([[[]], [['--']]])('nothing, without a terminal: it lists the generators: %j', async (args) => {
    const { code, stdout, stderr } = await workspace.plop(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe((await workspace.plop(['help'])).stdout);
  });

  test.each([[['--yes']], [['--dry-run']]])('flags without a generator: %j', async (args) => {
    const { code, stdout, stderr } = await workspace.plop(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('No generator was named\nnpx plop GENERATOR, with one of: joined, sample, simple.\n');
  });

  test('help lists the generators; of a generator, its options with types and defaults', async () => {
    const overview = await workspace.plop(['help']);
    expect(overview.code).toBe(0);
    expect(overview.stdout).toContain('  simple  One file, for the tests of the engine\n');
    expect((await workspace.plop(['--', '--help'])).stdout).toBe(overview.stdout);

    const help = await workspace.plop(['sample', '--help']);
    expect({ code: help.code, stderr: help.stderr }).toEqual({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/--database sqlite\|none +Where it keeps it \(default: none\)\n/);
    expect(help.stdout).toMatch(/--upstream NAME … +A service that it calls \(may be repeated; default: none\)\n/);
    expect(help.stdout).toMatch(/--\[no-\]verbose +Log more \(default: false\)\n/);
    expect((await workspace.plop(['sample', 'orders', '-h'])).stdout).toBe(help.stdout);
  });

  test('the versions, and with --json as an object', async () => {
    const { code, stdout } = await workspace.plop(['version']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Splitlevel 1.2.3\nPlop 4.0.5\nNode ${process.versions.node}\n`,
    });
    expect((await workspace.plop(['sample', '--version'])).stdout).toBe(stdout);
    const json = await workspace.plop(['version', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({ ok: true, exitCode: 0, version: stdout.trimEnd() });
  });

  test("Plop's own flags that would do something else here: what to do instead", async () => {
    expect(await workspace.plop(['sample', 'orders', '--force'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        '--force is not an option of sample\nNothing is overwritten here. Remove or move away what is in the way, then run the command again.\n',
    });
  });

  test('from a folder below, and from elsewhere by --cwd, it works on the same workspace', async () => {
    await workspace.write('docs/answers.json', '{"name": "orders"}');
    const below = { folder: join(workspace.root, 'docs') };
    const args = ['simple', '--answers', 'answers.json', '--no-install'];
    expect(await workspace.plop(args, below)).toMatchObject({ code: 0, stderr: '' });
    expect(await workspace.read('packages/orders/note.txt')).toBe('one file\n');
    const elsewhere = { folder: workspace.root, environment: { INIT_CWD: below.folder } };
    expect((await workspace.plop(args, elsewhere)).stdout).toContain('Unchanged');
    const away = await workspace.plop(['simple', 'stock', '--no-install', '--cwd', workspace.root], {
      folder: tmpdir(),
    });
    expect(away).toMatchObject({ code: 0, stderr: '' });
    expect(await workspace.read('packages/stock/note.txt')).toBe('one file\n');
  });

  test.each(['--help', '-h'])('a bare %s is the help of the command, not of Plop', async (flag) => {
    expect(await workspace.plop([flag])).toEqual(await workspace.plop(['help']));
  });

  test.each(['--version', '-v'])('so are the versions: a bare %s', async (flag) => {
    expect(await workspace.plop([flag])).toEqual(await workspace.plop(['version']));
  });

  test.each(['--init', '-i', '--init-ts'])('a bare %s makes no plopfile', async (flag) => {
    const before = await workspace.tree();
    expect(await workspace.plop([flag])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${flag} is not a flag of plop here\nThis workspace has its plopfile.ts. Add a generator as a folder of generators/.\n`,
    });
    expect(await workspace.tree()).toEqual(before);
  });
});

describe('a workspace that is broken', () => {
  test('an engine or a generator that does not load: exit 1 with the reason', async () => {
    await workspace.write('generators/simple/generator.ts', "import './nowhere.ts';\n");
    const { code, stdout, stderr } = await workspace.plop(['sample', 'orders', '--yes', '--no-install']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('generators/simple/nowhere.ts');
  });

  test('a generator whose name is not its folder', async () => {
    const source = await workspace.read('generators/simple/generator.ts');
    await workspace.write('generators/simple/generator.ts', source.replace("name: 'simple'", "name: 'other'"));
    const { code, stderr } = await workspace.plop(['sample', 'orders', '--yes', '--no-install']);
    expect(code).toBe(1);
    expect(stderr).toContain('generators/simple/generator.ts must export a generator named "simple"');
  });

  test('a plopfile that cannot be parsed: Plop reports it, and the code is 1', async () => {
    await workspace.write('plopfile.ts', 'export default function (');
    const { code, stderr } = await workspace.plop(['sample', 'orders', '--yes', '--no-install']);
    expect(code).toBe(1);
    expect(stderr).toContain('Something went wrong with reading your plop file');
  });

  test('an error of a generator keeps its stack, and writes nothing', async () => {
    const source = await workspace.read('generators/simple/generator.ts');
    const broken = source.replace('model: ({ name }) => ({', 'model: ({ name }) => missing.thing ?? ({');
    await workspace.write('generators/simple/generator.ts', broken);
    const before = await workspace.tree();
    const { code, stdout, stderr } = await workspace.plop(['simple', 'a', '--no-install', '--json']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/ReferenceError: missing is not defined\n\s+at .*generators\/simple\/generator\.ts/);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      exitCode: 1,
      error: 'Something unexpected happened: ReferenceError: missing is not defined',
    });
    expect(await workspace.tree()).toEqual(before);
  });
});

describe('arguments', () => {
  test('flags before and after --, with the same result', async () => {
    const plain = await workspace.plop(['sample', 'orders', '--port', '8080', '--yes', '--dry-run']);
    expect(plain.code).toBe(0);
    for (const args of [
      ['sample', '--', '--name', 'orders', '--port=8080', '--yes', '--dry-run'],
      ['sample', '--port', '8080', '--', 'orders', '--dry-run'],
      ['--dry-run', '--yes', 'sample', 'orders', '--port=8080'],
      ['--', 'sample', 'orders', '--port=8080', '--dry-run'],
    ]) {
      expect(await workspace.plop(args)).toEqual(plain);
    }
  });

  test.each([
    [['sample', 'orders', '--prot', '1'], '--prot is not an option of sample; did you mean --port?\n'],
    [['sample', 'orders', '--dest', '/tmp'], '--dest is not an option of sample\n'],
    [['sample', 'orders', '-f'], '-f is not an option of sample\n'],
    [['sample', 'orders', 'more'], '"more" is one argument too many for sample\n'],
    [['sample', 'orders', '--port', 'x'], '--port: must be an integer from 1 to 65535, not "x"\n'],
    [['sample'], '--name must be given: there is no default, and nobody to ask without a terminal'],
    [['sample', '--yes'], '--name must be given: there is no default'],
  ])('wrong usage: %j', async (args, sentence) => {
    const before = await workspace.tree();
    const { code, stdout, stderr } = await workspace.plop([...args, '--no-install']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(sentence), stderr).toBe(true);
    expect(stderr).not.toContain('    at ');
    expect(await workspace.tree()).toEqual(before);
  });

  test('an answers file, under the flags; its path is relative to where the command runs', async () => {
    await workspace.write('answers.json', '{"name": "orders", "port": 1, "upstream": ["rates"], "verbose": true}');
    const { code } = await workspace.plop(['sample', '--answers', 'answers.json', '--port', '2', '--no-install']);
    expect(code).toBe(0);
    expect(recordIn(workspace.root, 'packages/orders')).toMatchObject([
      { answers: { name: 'orders', port: 2, upstream: ['rates'], verbose: true, database: 'none' } },
    ]);
  });

  test.each([
    ['{"nam": "orders"}', '"nam" in answers.json is not an option of sample; did you mean name?'],
    ['{"name": 3}', '--name: must be a string, not 3'],
    ['{"name": "orders", "verbose": "yes"}', '--verbose: must be true or false, not "yes"'],
    ['{"name": "orders", "poolSize": 3}', '--pool-size: does not apply to the other answers'],
    ['{"name": "a\\ud800"}', '--name: must be one line of plain text'],
    ['[1]', 'answers.json must hold one JSON object'],
    ['', 'answers.json is not JSON'],
    ['{"name": "orders", "port": 1, "port": 2}', 'answers.json has "port" twice, again in line 1'],
    ['{"name": "a\\u200bb"}', '"a\\u200bb" is not a name'],
  ])('a wrong answers file: %s', async (content, sentence) => {
    await workspace.write('answers.json', content);
    const { code, stderr } = await workspace.plop(['sample', '--answers', 'answers.json', '--no-install']);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test('an answers file that is not there', async () => {
    const { code, stderr } = await workspace.plop(['sample', '--answers', 'nowhere.json']);
    expect(code).toBe(2);
    expect(stderr).toContain('--answers: nowhere.json cannot be read: ENOENT');
  });
});

describe('--json prints one object on stdout and nothing else', () => {
  test('for a run, a second run, a dry run, a conflict, and every kind of refusal', async () => {
    await mkdir(join(workspace.root, 'packages/taken'));
    for (const [args, code, result] of [
      [['sample', 'orders', '--no-install', '--dry-run'], 0, { result: 'dry-run', installed: false }],
      [['sample', 'orders', '--no-install'], 0, { result: 'written', folder: 'packages/orders' }],
      [['sample', 'orders', '--no-install'], 0, { result: 'unchanged', nextSteps: [] }],
      [['sample', 'orders', '--no-install', '--port', '1'], 3, { ok: false }],
      [['sample', 'taken', '--no-install'], 3, { ok: false }],
      [['sample', 'Bad', '--no-install'], 2, { ok: false }],
      [['sample'], 2, { ok: false }],
      [['smple'], 2, { ok: false }],
      [['simple', '..', '--no-install'], 1, { ok: false }],
      [['sample', '--help'], 0, { ok: true }],
    ] as const) {
      const finished = await workspace.plop([...args, '--json']);
      expect(finished.code, finished.stderr).toBe(code);
      expect(finished.stderr).toBe('');
      expect(JSON.parse(finished.stdout)).toMatchObject({ exitCode: code, ...result });
      expect(finished.stdout.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  test('with every file and its fate, and the next steps', async () => {
    const { stdout } = await workspace.plop(['joined', 'orders', '--no-install', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      exitCode: 0,
      generator: 'joined',
      folder: 'packages/orders',
      result: 'written',
      files: [
        { path: 'packages/orders/note.txt', fate: 'create' },
        { path: 'packages/orders/.splitlevel/base/1-joined.txt', fate: 'create' },
        { path: 'packages/orders/.splitlevel/runs/1-joined.json', fate: 'create' },
        { path: 'lists/first.txt', fate: 'edit' },
        { path: 'lists/second.txt', fate: 'edit' },
      ],
      installed: false,
      nextSteps: ['npm install', 'cat packages/orders/note.txt'],
    });
  });
});
