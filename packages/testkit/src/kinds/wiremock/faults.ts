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
/** Longer than a client should wait. */
const TRICKLES_MS = 30_000;
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
  if (name === 'trickling') {
    return startTrickling(place);
  }
  return undoOnce(await start(name, options, place));
}

/** By the proxy: a delay of WireMock's own holds one of its threads, which all tests share. */
function startTrickling({ proxy, watch }: Place): Fault {
  const end = watch.begin('trickling');
  proxy.slow(TRICKLES_MS, 'body');
  return undoOnce(async () => {
    end();
    proxy.slow(0);
  });
}

async function start(
  name: Exclude<FaultName, 'slow' | 'trickling' | 'down'>,
  options: FaultOptions,
  { tenant, proxy, name: upstream }: Place,
): Promise<() => Promise<void>> {
  const source = `fault('${name}') of the upstream "${upstream}"`;
  const mappings = name === 'flaky' ? flaky(options.times ?? 1) : [{ response: { fault: FAULTS[name] } }];
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
