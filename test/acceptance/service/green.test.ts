import { afterAll, beforeAll, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

// Every kind of service that the generator offers is green at the first try in all four targets.
let workspace: ScratchWorkspace;

beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());

/** As long as a name may be. */
const long = (letter: string) => `${letter.repeat(9)}-`.repeat(4).slice(0, 39) + letter;
const hostile = '`${x}` {{y}} </script> "quotes" \'s \\ | * _ # [a](b) 😀 '.repeat(3).trim();

test.for([
  ['orders', []],
  ['shop', ['--database', 'mariadb']],
  ['shop-with-rates', ['--database', 'mariadb', '--upstream', 'exchange-rates']],
  ['stateless', ['--database', 'none']],
  ['stateless-caller', ['--database', 'none', '--upstream', 'exchange-rates']],
  ['caller-of-two', ['--upstream', 'exchange-rates', '--upstream', 'tax-office']],
  ['publisher', ['--broker', 'rabbitmq']],
  ['answerer', ['--database', 'none', '--broker', 'rabbitmq', '--upstream', 'rates']],
  ['two-words', ['--entity', 'order-line', '--upstream', 'rates']],
  ['cached-caller', ['--cache', 'redis', '--upstream', 'exchange-rates']],
  ['cached', ['--cache', 'redis']],
  ['cached-stateless', ['--database', 'none', '--cache', 'redis', '--upstream', 'rates']],
  ['reserved-table', ['--entity', 'value']],
  [long('a'), ['--entity', long('b'), '--upstream', long('c'), '--port', '65535']],
  ['described', ['--description', hostile]],
] as const)('%s %j', async ([name, options]) => {
  const made = await workspace.run('plop', ['service', name, '--yes', '--no-install', ...options]);
  expect(made.code, made.stderr).toBe(0);

  const targets = ['lint', 'typecheck', 'unit', 'integration'];
  const { code, stdout, stderr } = await workspace.run('nx', ['run-many', '-t', ...targets, '-p', name]);

  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain(`Successfully ran targets ${targets.join(', ')}`);
});
