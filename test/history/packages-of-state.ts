import type { Generator } from '../../generators/engine/generator.ts';
import { generator as entity } from '../../generators/entity/generator.ts';
import { generator as fixture } from '../../generators/fixture/generator.ts';
import { generator as library } from '../../generators/library/generator.ts';
import { generator as service } from '../../generators/service/generator.ts';
import { generator as stub } from '../../generators/stub/generator.ts';
import type { Given } from '../generate.ts';

/** A run of a generator for a state; what is not given takes its default. */
export interface PlannedRun {
  readonly generator: Generator;
  readonly given: Given;
}

/**
 * The packages of a state, by name, each with its runs: two libraries, a small service, and one with everything, whose
 * servers alternate from state to state, as does the one that is added to it later (or to a library).
 * @param index how many states there are before it.
 */
export function packagesOfState(index: number): ReadonlyMap<string, readonly PlannedRun[]> {
  const database = index % 2 === 0 ? 'postgres' : 'mariadb';
  const broker = index % 4 < 2 ? 'rabbitmq' : 'nats';
  const added = [
    ['billing', 'redis'],
    ['billing', broker],
    ['money', 'redis'],
  ][index % 3] as [string, string];
  const addition = run(fixture, { package: added[0], kind: added[1] });
  const addedTo = (name: string) => (added[0] === name ? [addition] : []);
  return new Map([
    ['money', [run(library, { name: 'money', integration: true }), ...addedTo('money')]],
    ['rounding', [run(library, { name: 'rounding' })]],
    ['orders', [run(service, { name: 'orders', entity: 'order' })]],
    [
      'billing',
      [
        run(service, {
          name: 'billing',
          entity: 'invoice',
          database,
          cache: index % 3 === 0 ? 'none' : 'redis',
          broker: index % 3 === 1 ? 'none' : broker,
          upstream: ['rates'],
        }),
        run(stub, { name: 'payments', package: 'billing' }),
        ...addedTo('billing'),
        run(entity, { name: 'refund', package: 'billing' }),
      ],
    ],
  ]);
}

function run(generator: Generator, given: Readonly<Record<string, unknown>>): PlannedRun {
  return { generator, given: new Map(Object.entries(given)) };
}
