import { syncBuiltinESMExports } from 'node:module';
import { vi } from 'vitest';
import { pathOf } from '../blame/refusal.ts';
import { Refusal } from '../blame/refusal-error.ts';
import { noteDouble } from '../blame/refusal-log.ts';
import type { Leftover } from './leftover.ts';
import { serversLeft } from './servers-left.ts';
import { Snapshot } from './snapshot.ts';
import { awaitDueTimers, timersLeft } from './timers-left.ts';

// On globalThis, since vi.resetModules() has modules evaluated anew.
const KEY = Symbol.for('splitlevel.shared');
const holder = globalThis as { [KEY]?: { unsettled: Snapshot | undefined; leftNothing: boolean } };
holder[KEY] ??= { unsettled: undefined, leftNothing: false };
const shared = holder[KEY];

/**
 * Called before a test file is imported: remembers the state that files of a worker share. Of a file that could not be
 * imported, what it left is set back first.
 */
export function rememberState(): Snapshot {
  if (shared.unsettled) {
    setBack(shared.unsettled);
    end('');
    shared.leftNothing = false;
  }
  shared.unsettled = new Snapshot(shared.leftNothing);
  return shared.unsettled;
}

/** Says whose code has run since the last call: the file whose module scope that was, if it was one. */
export function acceptModule(file: string | undefined): void {
  shared.unsettled?.acceptModule(file);
}

/**
 * Sets back what a file left behind.
 * @param file its path
 * @returns the error that fails the file, when there was something
 */
export async function settleState(snapshot: Snapshot, file: string): Promise<Refusal[]> {
  // First: what is waited for may need the functions that were replaced.
  const leftovers = setBack(snapshot);
  if (await awaitDueTimers()) {
    leftovers.push(...setBack(snapshot));
  }
  leftovers.push(...end(file));
  shared.unsettled = undefined;
  shared.leftNothing = leftovers.length === 0;
  if (leftovers.some(({ isDouble }) => isDouble)) {
    noteDouble(file);
  }
  const left = [...new Set(leftovers.map(({ what }) => `  - ${what}`))];
  if (left.length === 0) {
    return [];
  }
  return [
    new Refusal(
      'StateLeftBehind',
      `${pathOf(file)} left behind what the next file in its worker would see:\n${left.join('\n')}\n` +
        'It is set back now. Undo it where it is done: onTestFinished(() => …), vi.unstubAllEnvs(), vi.unstubAllGlobals(), ' +
        'vi.useRealTimers(), clearInterval(…), server.close(); or pass the value in, instead of setting it for everybody.',
    ),
  ];
}

/** Sets back what was changed. */
function setBack(snapshot: Snapshot): Leftover[] {
  // Vitest does this after each file anyway, only later.
  vi.restoreAllMocks();
  const leftovers: Leftover[] = [];
  const mocked = vi.getMockedSystemTime();
  if (vi.isFakeTimers()) {
    leftovers.push({ what: 'fake timers (vi.useFakeTimers)', restore: () => {} });
  } else if (mocked) {
    leftovers.push({ what: `a mocked date, ${mocked.toISOString()} (vi.setSystemTime)`, restore: () => {} });
  }
  vi.useRealTimers();
  leftovers.push(...snapshot.leftovers());
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  for (const { restore } of leftovers) {
    restore();
  }
  // What was imported by name from Node's modules follows only when told.
  if (leftovers.length > 0) {
    syncBuiltinESMExports();
  }
  return leftovers;
}

/** Ends what was started. */
function end(file: string): Leftover[] {
  const leftovers = [...timersLeft(file), ...serversLeft()];
  for (const { restore } of leftovers) {
    restore();
  }
  return leftovers;
}
