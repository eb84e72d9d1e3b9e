import { randomUUID } from 'node:crypto';
import type { StubMapping } from '@splitlevel/openapi';
import type { FaultProxy } from '../shared/faults/fault-proxy.ts';
import type { FaultWatch } from '../shared/faults/fault-watch.ts';
import { checkMilliseconds, startServerFault } from '../shared/faults/server-fault.ts';
import { undoOnce } from '../shared/faults/undo-once.ts';
import { FAULTS } from './stubs/builder.ts';
import type { Tenant } from './tenant.ts';
import type { Fault, FaultName, FaultOptions } from './upstream.ts';

const NAMES: readonly FaultName[] = ['slow', 'trickling', 'reset', 'empty', 'malformed', 'flaky', 'down'];
/** The head comes with the first piece of the body, at once; the last one comes after patience has run out. */
const TRICKLING: StubMapping = {
  response: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: `"${'.'.repeat(998)}"`,
    chunkedDribbleDelay: { numberOfChunks: 1000, totalDuration: 30_000 },
  },
};
const MOST_FAILURES = 100;

interface Place {
  readonly tenant: Tenant;
  readonly proxy: FaultProxy;
  readonly watch: FaultWatch;
  /** The upstream's, for messages. */
  readonly name: string;
}

/** Puts a fault into effect; see `Upstream.fault`. */
export async function startFault(name: FaultName, options: FaultOptions, place: Place): Promise<Fault> {
  checkOptions(name, options);
  if (name === 'slow' || name === 'down') {
    return startServerFault(place.proxy, name, options, place.watch);
  }
  return undoOnce(await start(name, options, place));
}

async function start(
  name: Exclude<FaultName, 'slow' | 'down'>,
  options: FaultOptions,
  { tenant, proxy, name: upstream }: Place,
): Promise<() => Promise<void>> {
  const source = `fault('${name}') of the upstream "${upstream}"`;
  const mappings = mappingsOf(name, options);
  if (name === 'reset') {
    proxy.resetAnswers(true);
  }
  const ids: string[] = [];
  for (const mapping of mappings) {
    ids.push(await tenant.add({ mapping: { ...mapping, priority: 1 }, source, fault: name }));
  }
  return async () => {
    if (name === 'reset') {
      proxy.resetAnswers(false);
    }
    for (const id of ids) {
      await tenant.remove(id);
    }
  };
}

function mappingsOf(name: Exclude<FaultName, 'slow' | 'down'>, { times = 1 }: FaultOptions): StubMapping[] {
  if (name === 'flaky') {
    return flaky(times);
  }
  return [name === 'trickling' ? TRICKLING : { response: { fault: FAULTS[name] } }];
}

/** A scenario whose first states answer 503; after them it matches no more, and the other stubs are asked. */
function flaky(times: number): StubMapping[] {
  const scenarioName = `flaky ${randomUUID()}`;
  return Array.from({ length: times }, (_, index) => ({
    scenarioName,
    requiredScenarioState: index === 0 ? 'Started' : `failed ${index} times`,
    newScenarioState: `failed ${index + 1} times`,
    response: { status: 503, headers: { 'retry-after': '0' }, body: 'Service Unavailable' },
  }));
}

function checkOptions(name: FaultName, { milliseconds, times }: FaultOptions): void {
  if (!NAMES.includes(name)) {
    throw new Error(`fault('${String(name)}'): the faults are ${NAMES.join(', ')}.`);
  }
  checkMilliseconds(name, milliseconds);
  if (times !== undefined && name !== 'flaky') {
    throw new Error(`fault('${name}'): times is for 'flaky'.`);
  }
  if (times !== undefined && !(Number.isInteger(times) && times > 0 && times <= MOST_FAILURES)) {
    throw new Error(`fault('flaky', { times: ${times} }): give an integer from 1 to ${MOST_FAILURES}.`);
  }
}
