import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { recordIn } from '../../record-in.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
  await workspace.run('plop', ['service', 'shop', '--entity', 'product', '--yes', '--no-install']);
});
afterAll(() => workspace.remove());

const entity = (...args: string[]) => workspace.run('plop', ['entity', ...args, '--yes', '--no-install']);
const read = (path: string) => workspace.read(`packages/shop/${path}`);

/** Every file of the service by path. */
async function files(): Promise<string> {
  const list = await workspace.run('bash', ['-c', 'cd packages/shop && find . -type f | sort | xargs sha256sum']);
  return list.stdout;
}

/** Replaces a file's text for as long as `work` takes. */
async function withFile(path: string, text: string | undefined, work: () => Promise<void>): Promise<void> {
  const was = await read(path).catch(() => undefined);
  const put = async (content: string | undefined) => {
    if (content === undefined) {
      await workspace.run('rm', [`packages/shop/${path}`]);
    } else {
      await workspace.write(`packages/shop/${path}`, content);
    }
  };
  await put(text);
  await work().finally(() => put(was));
}

describe('an entity that was added', () => {
  const first = ['order-line', '--package', 'shop', '--field', 'unit-price:numeric(12,2)', '--field', 'note:text?'];
  let service: string;
  beforeAll(async () => {
    // The owner's own comments and layout.
    service = (await read('src/service.ts')).replace('    database,\n', '    // Ours.\n    database,   // mine\n');
    await workspace.write('packages/shop/src/service.ts', service);
    expect(await entity(...first)).toMatchObject({ code: 0, stderr: '' });
  });

  test('is in the record, with its answers, its files and what it edited', async () => {
    const [{ generator }, ...additions] = recordIn(workspace.root, 'packages/shop');
    expect(generator).toBe('service');
    expect(additions).toEqual([
      {
        generator: 'entity',
        version: '0.0.0',
        answers: { name: 'order-line', package: 'shop', field: ['unit-price:numeric(12,2)', 'note:text?'] },
        made: expect.arrayContaining(['migrations/0003-order-lines.ts']),
        edited: ['README.md', 'src/database.ts', 'src/parts.ts', 'src/routes/routes.ts', 'src/service.ts'],
      },
    ]);
  });

  test('leaves the edits of the owner and the migrations that were there', async () => {
    expect(await read('src/service.ts')).toBe(
      service
        .replace(
          /(import \{ ProductRepository.*\n.*\n)/,
          "$1import { OrderLineRepository } from './order-line-repository.ts';\n",
        )
        .replace(/( +queries: .*\n)/, '$1    orderLineRepository: new OrderLineRepository(database),\n'),
    );
    const [{ made }] = recordIn(workspace.root, 'packages/shop');
    expect(made).toContain('migrations/0002-product-discount-changes.ts');
    expect(await read('README.md')).toContain('`DELETE /order-lines/:id`');
  });

  test('is left alone by the same command, also when another was added and its files were edited', async () => {
    const made = await files();
    expect((await entity(...first)).stdout).toContain('Unchanged: packages/shop');
    expect(await files()).toBe(made);

    expect(await entity('note', '--package', 'shop')).toMatchObject({ code: 0, stderr: '' });
    expect(await read('migrations/0004-notes.ts')).toContain(".addColumn('name', 'text', ");
    await workspace.write('packages/shop/src/order-line.ts', `${await read('src/order-line.ts')}// Ours.\n`);
    const edited = await files();
    for (const again of [first, ['note', '--package', 'shop']]) {
      expect(await entity(...again)).toMatchObject({ code: 0, stdout: expect.stringContaining('Unchanged: ') });
      expect(await files()).toBe(edited);
    }
  });

  test('is refused with other fields', async () => {
    const refused = await entity('order-line', '--package', 'shop', '--field', 'note:date');
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('was made from other answers: field was ['),
    });
  });
});

describe('is refused with a sentence, and nothing is written', () => {
  beforeAll(async () => {
    await workspace.run('plop', ['service', 'stateless', '--database', 'none', '--yes', '--no-install']);
    await workspace.run('plop', ['library', 'sums', '--yes', '--no-install']);
    await workspace.run('plop', ['service', 'depot', '--database', 'mariadb', '--yes', '--no-install']);
  });

  test.for([
    [['parcel', '--package', 'stateless'], 3, 'packages/stateless has no src/database.ts'],
    [['parcel', '--package', 'sums'], 3, 'packages/sums has no src/database.ts'],
    [['parcel', '--package', 'shpo'], 2, '--package: there is no package "shpo"; did you mean shop?'],
    [['product', '--package', 'shop'], 3, 'packages/shop has a table products already: src/database.ts'],
    [['problem', '--package', 'shop'], 3, 'packages/shop/src/problem.ts is there already'],
    [['database', '--package', 'shop'], 2, 'needs Database for something else'],
    [['class', '--package', 'shop'], 2, '"class" cannot be used'],
    [['parcel', '--package', 'shop', '--field', 'weight:float'], 2, '--field: "float" is not a type of postgres'],
    [['parcel', '--package', 'depot', '--field', 'at:timestamptz'], 2, '"timestamptz" is not a type of mariadb'],
    [['parcel', '--package', 'depot', '--field', 'tags:text[]'], 2, 'did you mean json?; there are: text, varchar(n)'],
    [['parcel', '--package', 'shop', '--field', 'at:datetime'], 2, '"datetime" is not a type of postgres'],
    [['parcel', '--package', 'shop', '--field', "a:text'); --"], 2, 'is not a field: write NAME:TYPE'],
    [['parcel', '--package', 'shop', '--field', 'id:uuid'], 2, 'every entity has a field id of its own'],
  ] as const)('%j', async ([args, code, sentence]) => {
    const before = await files();
    expect(await entity(...args)).toMatchObject({ code, stderr: expect.stringContaining(sentence) });
    expect(await files()).toBe(before);
  });

  const routes = 'export const routes = makeRoutes();\n';
  test.for([
    [
      'src/database.ts',
      undefined,
      'packages/shop has no src/database.ts, where a service with a database has its tables',
    ],
    [
      'src/database.ts',
      'export type Schema = {};',
      'packages/shop/src/database.ts has no PostgresDialect or MysqlDialect, and tables can be added to no other database',
    ],
    ['src/database.ts', 'new PostgresDialect();', 'src/database.ts has no interface Schema with the tables, to which'],
    ['src/database.ts', 'class {', 'src/database.ts is to be edited, but is not valid TypeScript'],
    ['src/parts.ts', 'export type Parts = object;', 'src/parts.ts has no interface Parts, to which'],
    ['src/service.ts', 'export class Service {}', 'src/service.ts has no variable database in createService'],
    ['src/routes/routes.ts', routes, 'src/routes/routes.ts has no array that routes is set to'],
    ['src/errors.ts', undefined, 'packages/shop has no src/errors.ts, which the files of an entity use'],
    [
      'src/routes/ours.ts',
      "server.get('/parcels/:id')",
      'packages/shop has a route /parcels already: src/routes/ours.ts',
    ],
    ['migrations/0009-ours.ts', 'createTable("parcels")', 'a migration that creates a table parcels already'],
    ['migrations/ours.ts', '', 'migrations/ours.ts would be run after the new migration '],
    ['src/parcel-input.ts', '', 'src/parcel-input.ts is there already, and is not what would be made'],
  ] as const)('%s of the owner: %s', async ([path, text, sentence]) => {
    await withFile(path, text, async () => {
      const before = await files();
      const refused = await entity('parcel', '--package', 'shop');
      expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining(sentence) });
      expect(await files()).toBe(before);
    });
  });
});
