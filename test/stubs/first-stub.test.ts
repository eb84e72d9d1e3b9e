import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { recordIn } from '../record-in.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

async function plop(...args: string[]) {
  return await workspace.run('plop', [...args, '--yes', '--no-install']);
}

/** Every file of a package by path. */
async function filesOf(name: string): Promise<string> {
  const list = await workspace.run('bash', ['-c', `cd packages/${name} && find . -type f | sort | xargs sha256sum`]);
  return list.stdout;
}

async function makeService(name: string, ...options: string[]): Promise<void> {
  const { code, stderr } = await plop('service', name, ...options);
  expect(code, stderr).toBe(0);
}

/** The files that an addition edits or has in common with a service made with the upstream, but for the package's name. */
async function wiringOf(name: string): Promise<Record<string, string>> {
  const files = [
    'package.json',
    'integration/needs.ts',
    'integration/fixtures.ts',
    'src/config.ts',
    'src/config.test.ts',
    'src/parts.ts',
    'src/service.ts',
    'src/upstreams/rates.ts',
    'src/http-client.ts',
    'src/retry-policy.ts',
    'src/upstream-error.ts',
    'src/http-server.ts',
    'src/problem.ts',
    'src/routes/routes.ts',
  ];
  const texts = files.map(async (file) => {
    const text = await workspace.read(`packages/${name}/${file}`);
    return [file, text.replaceAll(name, 'orders')];
  });
  return Object.fromEntries(await Promise.all(texts));
}

describe('a service that has the upstream', () => {
  let made: string;
  beforeAll(async () => {
    await makeService('orders');
    expect(await plop('stub', 'rates', '--package', 'orders')).toMatchObject({ code: 0, stderr: '' });
    made = await filesOf('orders');
  });

  test('has it in its record, with the answers and the files', async () => {
    const [{ generator }, ...additions] = recordIn(workspace.root, 'packages/orders');
    expect(generator).toBe('service');
    expect(additions).toEqual([
      {
        generator: 'stub',
        version: '0.0.0',
        answers: { name: 'rates', package: 'orders', spec: '' },
        made: expect.arrayContaining(['src/upstreams/rates.ts']),
        edited: [
          'README.md',
          'integration/fixtures.ts',
          'integration/needs.ts',
          'package.json',
          'src/config.test.ts',
          'src/config.ts',
          'src/parts.ts',
          'src/problem.ts',
          'src/routes/routes.ts',
          'src/service.ts',
        ],
      },
    ]);
  });

  test.each([
    ['stub', 'rates', '--package', 'orders'],
    ['service', 'orders'],
  ])('is left alone by the same commands: %s %s', async (...command) => {
    const again = await plop(...command);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Unchanged: packages/orders') });
    expect(await filesOf('orders')).toBe(made);
  });

  test('keeps what its owner did to it since, and a second upstream is added beside it', async () => {
    const needs = (await workspace.read('packages/orders/integration/needs.ts')).replace(
      /export const needs = \{[\s\S]*\};/,
      '// Ours.\nexport const needs = {\n      database: postgres({migrate}), // mine\n  rates: upstream("rates")\n};',
    );
    await workspace.write('packages/orders/integration/needs.ts', needs);
    const again = await plop('stub', 'rates', '--package', 'orders');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Unchanged: ') });
    expect(await workspace.read('packages/orders/integration/needs.ts')).toBe(needs);

    expect(await plop('stub', 'tax-office', '--package', 'orders')).toMatchObject({ code: 0, stderr: '' });
    expect(await workspace.read('packages/orders/integration/needs.ts')).toBe(
      needs.replace('upstream("rates")\n', 'upstream("rates"),\n  taxOffice: upstream(\'tax-office\'),\n'),
    );
    const typecheck = await workspace.run('tsc', ['-p', 'packages/orders']);
    expect(typecheck.code, typecheck.stdout).toBe(0);
  });
});

test('a service that was made with another upstream is left alone by the same command', async () => {
  await makeService('caller', '--database', 'none', '--upstream', 'bank');
  expect(await plop('stub', 'rates', '--package', 'caller')).toMatchObject({ code: 0, stderr: '' });
  const made = await filesOf('caller');
  const again = await plop('stub', 'rates', '--package', 'caller');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Unchanged: packages/caller') });
  expect(await filesOf('caller')).toBe(made);
});

test.for(['postgres', 'mariadb', 'none'])(
  'what wires it in is as in a service made with it, database: %s',
  async (database) => {
    const [made, grown] = [`made-with-${database}`, `grown-with-${database}`];
    await makeService(made, '--entity', 'product', '--database', database, '--upstream', 'rates');
    await makeService(grown, '--entity', 'product', '--database', database);
    expect(await plop('stub', 'rates', '--package', grown)).toMatchObject({ code: 0, stderr: '' });
    expect(await wiringOf(grown)).toEqual(await wiringOf(made));
  },
);

describe('is refused, with a sentence, and nothing is written', () => {
  beforeAll(async () => {
    await makeService('shop', '--upstream', 'bank');
    await plop('library', 'sums');
    await workspace.write('packages/hand/package.json', '{ "name": "@splitlevel/hand", "nx": { "name": "hand" } }');
    await workspace.write('packages/hand/src/config.ts', '');
    await workspace.write('packages/hand/integration/needs.ts', '');
  });

  test.each([
    [['bank', '--package', 'shop'], 3, 'packages/shop has an upstream bank already: src/upstreams/bank.ts'],
    [['start-service', '--package', 'shop'], 2, '--name: "start-service" cannot be used, because '],
    [['rates', '--package', 'sums'], 3, 'packages/sums is not a service'],
    [['rates', '--package', 'hand'], 3, 'packages/hand exists and was not made by a generator'],
    [['rates', '--package', 'shpo'], 2, '--package: there is no package "shpo"; did you mean shop?; there are: '],
    [['rates', '--package', 'workspace'], 2, '--package: there is no package "workspace"'],
    [['signal', '--package', 'shop'], 2, '--name: "signal" is a name that tests have for something else'],
    [['rates'], 2, '--package must be given'],
  ] as const)('%j', async (args, code, sentence) => {
    const before = await filesOf('shop');
    const refused = await plop('stub', ...args);
    expect(refused).toMatchObject({ code, stderr: expect.stringContaining(sentence) });
    expect(await filesOf('shop')).toBe(before);
  });

  test.each([
    [
      'integration/needs.ts',
      'export const needs = makeNeeds();\n',
      "has no object that needs is set to, to which this was to be added:\n  rates: upstream('rates')\n",
    ],
    [
      'integration/needs.ts',
      "export const needs = { rates: 'mine' };\n",
      "has rates already:\n  rates: 'mine'\nIt was to be:\n  rates: upstream('rates')\n",
    ],
    ['src/config.ts', 'export const readConfig = () => ({});', 'to which this was to be added:\n'],
    ['src/service.ts', 'export class {', 'is to be edited, but is not valid TypeScript: '],
    ['integration/rates.test.ts', '// mine', 'is there already, and is not what would be made'],
  ])('%s of the owner: %s', async (path, text, sentence) => {
    const was = await workspace.read(`packages/shop/${path}`).catch(() => undefined);
    await workspace.write(`packages/shop/${path}`, text);
    const before = await filesOf('shop');
    const refused = await plop('stub', 'rates', '--package', 'shop');
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining(sentence) });
    expect(refused.stderr).toContain(`packages/shop/${path} `);
    expect(await filesOf('shop')).toBe(before);
    if (was === undefined) {
      await workspace.run('rm', [`packages/shop/${path}`]);
    } else {
      await workspace.write(`packages/shop/${path}`, was);
    }
  });
});
