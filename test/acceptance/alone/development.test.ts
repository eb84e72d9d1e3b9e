import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningCommand } from '../../running-command.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

let workspace: ScratchWorkspace;
let command: RunningCommand | undefined;
/** `nx dev`, which several tests look at. */
let dev: RunningCommand | undefined;

beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing']);
  const args = ['service', 'orders', '--entity', 'product', '--yes', '--upstream', 'rates', '--no-install'];
  const outcome = await workspace.run('plop', args);
  expect(outcome.code, outcome.stderr).toBe(0);
});
afterEach(async () => {
  if (command !== dev) {
    await command?.end();
  }
  command = undefined;
});
afterAll(() => workspace.remove());

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await workspace.write(path, change(await workspace.read(path)));
}

describe('nx dev', () => {
  let url: string;
  let product: string;
  const stub = 'packages/orders/integration/stubs/rates/factor.json';

  /** The length of the output in which `told` has looked already. */
  let seen = 0;
  async function told(pattern: RegExp): Promise<void> {
    const match = await command?.waitFor(pattern, 60_000, seen);
    seen += (match?.index ?? 0) + (match?.[0].length ?? 0);
  }
  const send = (method: string, path: string, body?: object) =>
    fetch(`${url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const priceIn = async (key: string) => (await send('GET', `/products/${product}/rates/${key}`)).json();

  beforeAll(async () => {
    command = workspace.start('npx', ['nx', 'dev', 'orders'], { environment: { PORT: '3917' } });
    dev = command;
    const [, at] = await command.waitFor(/orders is served at (http:\S+)\. /, 120_000);
    url = at as string;
  });
  beforeEach(() => {
    command = dev;
    seen = dev?.output().length ?? 0;
  });
  afterAll(async () => {
    await dev?.end();
    dev = undefined;
  });

  test('serves the package on servers of the testkit, and lists what is where', async () => {
    expect(url).toBe('http://127.0.0.1:3917');
    expect(dev?.output()).toMatch(/ {2}DATABASE_URL=postgres:\/\/\S+\n {2}RATES_URL=http:\S+\n/);
    expect(dev?.output()).toMatch(/\n {2}GET \/products\n {2}POST \/products\n {2}GET \/products\/:id\n/);
    expect((await send('GET', '/health/ready')).status).toBe(200);
    const created = await send('POST', '/products', { name: 'Pen', price: '10.00' });
    expect(created.status).toBe(201);
    product = ((await created.json()) as { id: string }).id;
  });

  test('waits, and says so, while another one of the package is running', async () => {
    command = workspace.start('npx', ['nx', 'dev', 'orders'], { environment: { PORT: '3917' } });
    await command.waitFor(/Waiting for orders:dev in another nx process/, 60_000);
  });

  test('writes its log to be read, a line a request, without escape codes under NO_COLOR', async () => {
    await send('GET', `/products/${product}`);
    await told(/^\[\d\d:\d\d:\d\d\] INFO: GET \/products\/\S+ 200 in \d+ ms$/m);
    for (const unwanted of ['"level":', '\u001b', 'Warning:']) {
      expect(dev?.output()).not.toContain(unwanted);
    }
  });

  test('tells in one line what a caller did wrong', async () => {
    expect((await send('POST', '/products', { name: 'Pen' })).status).toBe(400);
    await told(
      /^\[\S+\] INFO: POST \/products: the request failed: InvalidInputError: .*price.*\n\[\S+\] INFO: POST \/products 400 /m,
    );
  });

  test('tells of a request that no stub matches as tests do', async () => {
    expect((await send('GET', `/products/${product}/rates/XYZ`)).status).toBe(404);
    await told(
      /"rates" got a request that no stub matches[\s\S]*GET \/factors\/XYZ\n[\s\S]*closest stub is GET \/factors\/EUR/,
    );
  });

  test('serves stubs as they are now; one that is broken is told, and the others stay', async () => {
    const before = await priceIn('EUR');
    await edit(stub, (text) => text.replace(/"factor": "[^"]+"/, '"factor": "7"'));
    await told(/stubs of rates loaded, \d+ in all: integration\/stubs\/rates\/factor\.json/);
    const changed = await priceIn('EUR');
    expect(changed).not.toEqual(before);
    expect(JSON.stringify(changed)).toContain('70.00');

    const whole = await workspace.read(stub);
    await workspace.write(stub, whole.slice(0, 40));
    await told(/the stubs of rates stay as they were: \S*factor\.json:\d+:\d+: this mapping file is not JSON/);
    expect(await priceIn('EUR')).toEqual(changed);
    await workspace.write(stub, whole);
    await told(/stubs of rates loaded/);
  });

  test('serves an entity that is added meanwhile', async () => {
    const args = ['entity', 'fee', '--package', 'orders', '--field', 'amount:integer', '--yes', '--no-install'];
    expect(await workspace.run('plop', args)).toMatchObject({ code: 0 });
    await told(/migrations applied: migrations\/0003-fees\.ts/);
    await dev?.waitFor(/orders is served at \S+ again; new: GET \/fees, POST \/fees/, 60_000);
    expect((await send('POST', '/fees', { amount: 3 })).status).toBe(201);
    expect((await send('GET', '/fees')).status).toBe(200);
    expect((await send('GET', `/products/${product}`)).status, 'data that was there is there').toBe(200);
  });

  test('says where a save is broken, also of a file that a generator has replaced, and serves the next good one', async () => {
    const path = 'packages/orders/src/service.ts';
    const whole = await workspace.read(path);
    await workspace.write(path, 'syntax error(');
    await told(/SyntaxError[\s\S]*nx dev: the service ended with code 1; it starts again when its source changes/);
    await workspace.write(path, whole);
    await told(/orders is served at \S+ again/);
    expect((await send('GET', '/fees')).status).toBe(200);
  });

  test('goes on where a migration is broken, and applies it when it is mended', async () => {
    const migration = (sql: string) =>
      `import { type Kysely, sql } from 'kysely';\n\nexport const up = (database: Kysely<unknown>) => sql\`${sql}\`.execute(database);\n`;
    await workspace.write('packages/orders/migrations/0009-notes.ts', migration('CREATE TABL notes (id int)'));
    await told(
      /migrations\/0009-notes\.ts could not be applied: migration 0009-notes failed.*syntax error at or near "TABL"/,
    );
    expect((await send('GET', '/fees')).status).toBe(200);
    await workspace.write('packages/orders/migrations/0009-notes.ts', migration('CREATE TABLE notes (id int)'));
    await told(/migrations applied: migrations\/0009-notes\.ts/);

    // One that was applied is so for good: only a new database can have it otherwise, and that needs one that works.
    await workspace.write('packages/orders/migrations/0009-notes.ts', migration('CREATE TABL notes (id int)'));
    await told(/0009-notes\.ts changed after it was applied: a new database is made[\s\S]*syntax error/);
    expect((await send('GET', `/products/${product}`)).status).toBe(200);
    await workspace.write('packages/orders/migrations/0009-notes.ts', migration('CREATE TABLE notes (id bigint)'));
    await told(/orders is served at \S+\. /);
    expect((await send('GET', `/products/${product}`)).status, 'it is a new one').toBe(404);
  });

  test('serves an upstream that is added meanwhile, and no service without its variable before', async () => {
    const from = seen;
    expect(
      await workspace.run('plop', ['stub', 'taxes', '--package', 'orders', '--yes', '--no-install']),
    ).toMatchObject({
      code: 0,
    });
    await told(/needs\.ts changed: what it names is made ready/);
    await told(/TAXES_URL=http:\S+[\s\S]*orders is served at \S+\. /);
    expect(dev?.output().slice(from)).not.toMatch(/is missing|the service ended/);
  });

  test('goes on where needs.ts is broken, and serves the source as it is', async () => {
    const needs = 'packages/orders/integration/needs.ts';
    const source = 'packages/orders/src/product.ts';
    const [goodNeeds, goodSource] = [await workspace.read(needs), await workspace.read(source)];
    await workspace.write(needs, 'syntax error(');
    await workspace.write(source, `${goodSource}\n`);
    await told(/needs\.ts changed: what it names is made ready[\s\S]*orders is served at \S+ again/);
    await workspace.write(source, goodSource);
    await told(/orders is served at \S+ again/);
    await workspace.write(needs, goodNeeds);
    await told(/orders is served at \S+\. /);
  });

  test('is ended by Ctrl-C', async () => {
    await dev?.end('SIGINT');
    await expect(send('GET', '/health/ready')).rejects.toThrow('fetch failed');
  });
});

test('nx dev says which port to take where its own is taken', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const outcome = await workspace.run('npx', ['nx', 'dev', 'orders'], { environment: { PORT: `${port}` } });
  listener.close();
  expect(outcome.code).toBe(1);
  expect(outcome.stdout + outcome.stderr).toContain(
    `Port ${port} is taken. Stop what listens there, or choose another, such as PORT=${port + 1}.`,
  );
});
