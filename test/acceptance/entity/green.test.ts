import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { postgres } from '../../../generators/entity/databases/postgres.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

vi.setConfig({ testTimeout: 400_000, hookTimeout: 60_000 });

/** A field of every type, some with names that mean something to JavaScript or SQL. */
const fields = {
  text: 'default',
  'varchar(12)': 'code',
  boolean: 'class',
  smallint: 'small-count',
  integer: 'count',
  bigint: 'total',
  'numeric(12,2)': 'unit-price',
  'numeric(4,4)': 'share',
  'numeric(9)': 'whole',
  'double precision': 'weight',
  date: 'order',
  timestamptz: 'user',
  uuid: 'customer',
  jsonb: 'details',
  'text[]': 'tags',
  'integer[]': 'counts',
  'bigint[]': 'totals',
  'uuid[]': 'customers',
};

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

async function plop(...args: string[]): Promise<void> {
  const { code, stderr } = await workspace.run('plop', [...args, '--yes', '--no-install']);
  expect(code, stderr).toBe(0);
}

test('no type of PostgreSQL is left out', () => {
  const nameOf = (type: string) => type.replace(/\(.*/, '');
  expect(new Set(Object.keys(fields).map(nameOf))).toEqual(new Set(postgres.types.map(({ form }) => nameOf(form))));
});

test('entities with every type, also null, are green in all targets, with and without an upstream', async () => {
  const declare = (mark: string) =>
    Object.entries(fields).flatMap(([type, name]) => ['--field', `${name}:${type}${mark}`]);
  await plop('service', 'orders');
  await plop('entity', 'order-line', '--package', 'orders', ...declare(''));
  await plop('service', 'shop', '--upstream', 'rates');
  await plop('entity', 'note', '--package', 'shop', '--field', 'note:text');
  await plop('entity', 'person', '--package', 'shop', ...declare('?'));

  const targets = ['lint', 'typecheck', 'unit', 'integration'];
  const { code, stdout, stderr } = await workspace.run('nx', ['run-many', '-t', ...targets, '-p', 'orders,shop'], {
    timeout: 350_000,
  });
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain(`Successfully ran targets ${targets.join(', ')} for 2 projects`);
  const standard = await workspace.run('node', ['packages/standard/src/main.ts', '--json']);
  expect(JSON.parse(standard.stdout)).toMatchObject({ ok: true });
});
