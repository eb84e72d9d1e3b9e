import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { expectGreen, plop } from '../../green-packages.ts';
import { sample } from '../../sample.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

interface Bare {
  readonly name: string;
  readonly options: readonly string[];
  /** What is added to it. */
  readonly additions?: readonly (readonly [string, ...string[]])[];
}

const parcel = ['entity', 'parcel', '--field', 'code:text', '--field', 'open:boolean?'] as const;
const rates = ['--upstream', 'rates'];
const services: readonly Bare[] = [
  { name: 'depots', options: [], additions: [parcel] },
  { name: 'barns', options: ['--database', 'mariadb'], additions: [parcel] },
  { name: 'silos', options: ['--database', 'none'] },
  { name: 'kiosks', options: ['--cache', 'redis', '--broker', 'rabbitmq', ...rates], additions: [parcel] },
  { name: 'vaults', options: ['--database', 'mariadb', '--cache', 'redis', '--broker', 'nats'], additions: [parcel] },
  { name: 'ovens', options: ['--database', 'none', '--cache', 'redis', '--broker', 'nats', ...rates] },
  { name: 'lofts', options: ['--database', 'none', '--broker', 'rabbitmq', ...rates, '--upstream', 'tax-office'] },
  {
    name: 'tents',
    options: ['--database', 'none'],
    additions: [
      ['fixture', '--kind', 'postgres'],
      ['stub', 'rates'],
      ['fixture', '--kind', 'redis'],
      ['fixture', '--kind', 'nats'],
      parcel,
    ],
  },
];
const drawn = sample('services without a sample', services, 0.4, ({ name }) => name);

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

test.for(drawn)('$name, $options, is green, has nothing of a sample, and gets $additions', async (service) => {
  const { name, options, additions = [] } = service;
  await plop(workspace, 'service', name, '--entity', 'none', ...options);
  const { stdout } = await workspace.run('grep', ['-rliE', 'products?\\b|discount', `packages/${name}`]);
  expect(stdout).toBe('');
  for (const [generator, ...rest] of additions) {
    await plop(workspace, generator, ...rest, '--package', name);
  }
  await expectGreen(workspace, [name], { timeout: 280_000 });
});
