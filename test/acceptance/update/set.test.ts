import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EXIT, Failure } from '../../../generators/engine/failure.ts';
import type { Generator } from '../../../generators/engine/generator.ts';
import { generator as entity } from '../../../generators/entity/generator.ts';
import { generator as fixture } from '../../../generators/fixture/generator.ts';
import { generator as library } from '../../../generators/library/generator.ts';
import { generator as remove } from '../../../generators/remove/generator.ts';
import { generator as service } from '../../../generators/service/generator.ts';
import { generator as stub } from '../../../generators/stub/generator.ts';
import { generator as update } from '../../../generators/update/generator.ts';
import { sample } from '../../sample.ts';
import { createEarlierWorkspace, type EarlierWorkspace, type Texts } from './earlier-workspace.ts';

type Answers = Readonly<Record<string, unknown>>;

/** A run of a generator, with all of its answers that are not the defaults. */
type Run = readonly [generator: Generator, answers: Answers];

const ADDED = { package: 'orders' };
const ORDERS: readonly Run[] = [[service, { name: 'orders', entity: 'order' }]];
const GROWN: readonly Run[] = [
  ...ORDERS,
  [stub, { ...ADDED, name: 'payments' }],
  [fixture, { ...ADDED, kind: 'redis' }],
  [entity, { ...ADDED, name: 'refund' }],
];
const MONEY: readonly Run[] = [[library, { name: 'money' }]];
const SPEC = 'packages/orders/payments.json';
const DOCUMENT = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Payments', version: '1' },
  paths: {
    '/payments': {
      get: {
        operationId: 'listPayments',
        responses: {
          200: {
            description: 'Payments',
            content: { 'application/json': { schema: { type: 'array', items: { type: 'string' } } } },
          },
        },
      },
    },
  },
});

/** For each option: the package, the number of the run that has it, another value, and how --set writes both. */
const CASES: readonly (readonly [
  runs: readonly Run[],
  of: number,
  option: string,
  value: unknown,
  there: string,
  back: string,
])[] = [
  [ORDERS, 0, 'description', 'Keeps what was ordered.', 'Keeps what was ordered.', 'The orders service.'],
  [ORDERS, 0, 'entity', 'invoice', 'invoice', 'order'],
  [ORDERS, 0, 'entity', 'none', 'none', 'order'],
  [ORDERS, 0, 'database', 'mariadb', 'mariadb', 'postgres'],
  [ORDERS, 0, 'database', 'none', 'none', 'postgres'],
  [ORDERS, 0, 'upstream', ['rates', 'taxes'], 'rates,taxes', ''],
  [ORDERS, 0, 'cache', 'redis', 'redis', 'none'],
  [ORDERS, 0, 'broker', 'rabbitmq', 'rabbitmq', 'none'],
  [ORDERS, 0, 'broker', 'nats', 'nats', 'none'],
  [ORDERS, 0, 'port', 4001, '4001', '3000'],
  [GROWN, 0, 'port', 4001, '4001', '3000'],
  [GROWN, 1, 'spec', SPEC, SPEC, ''],
  [GROWN, 3, 'field', ['amount:numeric(12,2)', 'note:text?'], 'amount:numeric(12,2),note:text?', 'name:text'],
  [MONEY, 0, 'description', 'Splits amounts.', 'Splits amounts.', 'The money library.'],
  [MONEY, 0, 'integration', true, 'true', 'false'],
];

let workspace: EarlierWorkspace;
beforeAll(async () => {
  workspace = await createEarlierWorkspace();
});
afterAll(() => workspace?.remove());
beforeEach(() => workspace.clear());

const made = new Map<string, Texts>();

/** The package as its runs make it; the document is its owner's. */
async function make(runs: readonly Run[]): Promise<Texts> {
  workspace.clear();
  const key = JSON.stringify(runs.map(([{ name }, answers]) => [name, answers]));
  const folder = folderOf(runs);
  const known = made.get(key);
  for (const [path, text] of known ?? []) {
    write(`${folder}/${path}`, text);
  }
  for (const [generator, answers] of known === undefined ? runs : []) {
    if (answers.spec === SPEC) {
      write(SPEC, DOCUMENT);
    }
    await workspace.generate(generator, answers);
  }
  const texts = workspace.texts(folder);
  made.set(key, texts);
  return texts;
}

function folderOf(runs: readonly Run[]): string {
  return `packages/${String(runs[0]?.[1].name)}`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(workspace.root, path)), { recursive: true });
  writeFileSync(join(workspace.root, path), text);
}

function set(runs: readonly Run[], ...settings: readonly string[]) {
  return workspace.generate(update, { package: [String(runs[0]?.[1].name)], set: settings, prove: 'none' });
}

/** The files of a package but the document, which no generator makes. */
function generated(texts: Texts): Answers {
  return Object.fromEntries([...texts].filter(([path]) => path !== 'payments.json'));
}

const drawn = sample('options there and back', CASES, 1 / 3, ([runs, of, option, value]) => {
  return JSON.stringify([runs.length, of, option, value]);
});

test.each(drawn)('there and back: %#', async (runs, of, option, value, there, back) => {
  const before = await make(runs);
  const changed = runs.map(([generator, answers], index): Run => {
    return [generator, index === of ? { ...answers, [option]: value } : answers];
  });
  const other = await make(changed);
  await make(runs);
  if (option === 'spec') {
    write(SPEC, DOCUMENT);
  }
  const [, { name, kind }] = runs[of] as Run;
  const flag = of === 0 ? option : `${String(name ?? kind)}.${option}`;
  const folder = folderOf(runs);

  const forth = await set(runs, `${flag}=${there}`);
  expect(forth).toMatchObject({ result: 'written' });
  expect(forth.conflicts, flag).toBeUndefined();
  expect(generated(workspace.texts(folder)), `${flag}=${there}`).toEqual(generated(other));

  const home = await set(runs, `${flag}=${back}`);
  expect(home.conflicts, flag).toBeUndefined();
  expect(generated(workspace.texts(folder)), `${flag}=${back}`).toEqual(generated(before));
});

test('every option of every generator that can be set is among them', () => {
  const places = ['name', 'package', 'kind'];
  const all = [service, library, stub, fixture, entity].flatMap(({ name, options }) => {
    return Object.keys(options).flatMap((option) => (places.includes(option) ? [] : [`${name} ${option}`]));
  });
  const tried = new Set(CASES.map(([runs, of, option]) => `${runs[of]?.[0].name} ${option}`));
  expect(all.filter((each) => !tried.has(each))).toEqual([]);
});

test('an addition that found the sample changed does not become the one that finds it', async () => {
  await make(ORDERS);
  const [from, to] = ['packages/orders/src/order.ts', 'packages/orders/src/purchase.ts'];
  for (const [path, text] of workspace.texts('packages/orders')) {
    write(`packages/orders/${path}`, path.endsWith('.ts') ? text.replaceAll('/order.ts', '/purchase.ts') : text);
  }
  renameSync(join(workspace.root, from), join(workspace.root, to));
  for (const [generator, answers] of [
    [stub, { name: 'rates' }],
    [fixture, { kind: 'nats' }],
    [fixture, { kind: 'redis' }],
  ] as const) {
    await workspace.generate(generator, { ...ADDED, ...answers });
  }
  workspace.commit();
  const before = workspace.texts('packages/orders');
  expect([...before.keys()].filter((path) => /price-by-rates|outbox/.test(path))).toEqual([]);
  expect((await workspace.generate(update, { package: ['orders'], prove: 'none' })).result).toBe('unchanged');
  await set(ORDERS, 'port=4001');
  expect([...workspace.texts('packages/orders').keys()]).toEqual([...before.keys()]);
});

test('nor where what kept it is taken away', async () => {
  await make(ORDERS);
  workspace.commit();
  for (const [generator, answers] of [
    [entity, { name: 'fee' }],
    [stub, { name: 'rates' }],
    [fixture, { kind: 'redis' }],
    [fixture, { kind: 'nats' }],
  ] as const) {
    await workspace.generate(generator, { ...ADDED, ...answers });
  }
  workspace.commit();
  const paths = () =>
    [...workspace.texts('packages/orders').keys()].filter((path) => !/^\.splitlevel\/|fee|^src\/checks\//.test(path));
  const before = paths();
  await workspace.generate(remove, { ...ADDED, entity: 'fee', prove: 'none' });
  expect(paths()).toEqual(before);
});

test('a committed migration is not made a second time when its answer comes back', async () => {
  await make(ORDERS);
  workspace.commit();
  for (const broker of ['nats', 'none', 'nats']) {
    await set(ORDERS, `broker=${broker}`);
    workspace.commit();
  }
  const migrations = [...workspace.texts('packages/orders').keys()].filter((path) => path.endsWith('-outbox.ts'));
  expect(migrations).toEqual(['migrations/0003-outbox.ts']);
  expect((await set(ORDERS, 'broker=nats')).result).toBe('unchanged');
});

test('several answers at once, a list item by item', async () => {
  const other = await make([[service, { name: 'orders', entity: 'order', port: 4002, upstream: ['rates', 'taxes'] }]]);
  await make(ORDERS);
  await set(ORDERS, 'port=4002', 'upstream=rates', 'upstream=taxes');
  expect(generated(workspace.texts('packages/orders'))).toEqual(generated(other));
});

describe('what is refused', () => {
  test.each<[setting: string, said: RegExp]>([
    ['prot=1', /--set prot=1: service has no option prot that can be set.*did you mean port/s],
    ['name=shop', /--set name=shop: service has no option name that can be set/],
    ['database=oracle', /database.*must be one of postgres, mariadb/],
    ['port=80', /port.*must be an integer from 1024 to 65535/],
    ['port=abc', /port.*must be an integer/],
    ['refnud.field=a:text', /nothing called refnud was added.*refund/],
    ['refund.fields=a:text', /--set refund\.fields=a:text: entity has no option fields that can be set.*field/],
    ['refund.field=a:nonsense', /nonsense/],
    ['redis.kind=nats', /--set redis\.kind=nats: fixture has no option kind that can be set/],
    ['port', /is not OPTION=VALUE/],
  ])('%s', async (setting, said) => {
    const before = await make(GROWN);
    const error = await set(GROWN, setting).then(
      () => new Failure(EXIT.usage, ''),
      (reason: Failure) => reason,
    );
    expect(error).toBeInstanceOf(Failure);
    expect(`${error.message}\n${error.remedy}`).toMatch(said);
    expect(error.exitCode).toBe(EXIT.usage);
    expect(workspace.texts('packages/orders')).toEqual(before);
  });
});
