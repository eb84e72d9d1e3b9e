import { createHook } from 'node:async_hooks';
import { siteOf } from '../blame/caller.ts';
import { pathOf } from '../blame/refusal.ts';
import { Refusal } from '../blame/refusal-error.ts';
import { currentScope, record, type Scope } from '../blame/refusal-log.ts';
import { type Origin, originOf, workerScope } from '../blame/started-by.ts';
import { originals } from '../originals.ts';
import type { Leftover } from './leftover.ts';

/** Node's timers and immediates, with what it keeps of them. */
interface Timer {
  readonly _destroyed: boolean;
  readonly _idleTimeout?: number;
  readonly _repeat?: number | null;
  hasRef(): boolean;
}

interface Started {
  readonly timer: Timer;
  readonly site: { readonly stack?: string };
  /** The test or file that started it, by its asynchronous context. */
  readonly scope: Scope | undefined;
}

const PRUNED_AT = 1000;
const { clearTimeout, clearImmediate } = globalThis;
let started: Started[] = [];

/** From now on notes which code starts real timers, by whichever of Node's modules. */
export function watchTimers(): void {
  const init = (_id: number, type: string, _trigger: number, resource: object): void => {
    if ((type !== 'Timeout' && type !== 'Immediate') || workerScope.getStore()) {
      return;
    }
    if (started.length > PRUNED_AT) {
      started = started.filter(({ timer }) => !timer._destroyed);
    }
    started.push({ timer: resource as Timer, site: siteOf(init), scope: currentScope() });
  };
  createHook({ init, trackPromises: false }).enable();
}

/**
 * Lets timers come that are due now: they end by themselves.
 * @returns whether there were any
 */
export async function awaitDueTimers(): Promise<boolean> {
  if (pendingTimers().length === 0) {
    return false;
  }
  await new Promise((resolve) => originals.setImmediate(() => originals.setTimeout(resolve, 1)));
  return true;
}

/**
 * Timers that still run, and that code of the workspace started since the last call. Those that work of another file
 * started, which that file did not wait for, are stopped, and told of it.
 * @param file the path of the file that has ended
 */
export function timersLeft(file: string): Leftover[] {
  const pending = pendingTimers();
  started = [];
  return pending.flatMap(({ timer, place, scope }) => {
    const what = `${nameOf(timer)}, started at ${place}`;
    if (!scope || scope.file.filepath === file) {
      return [{ what, restore: () => stop(timer) }];
    }
    stop(timer);
    record(new Refusal('StateLeftBehind', `${pathOf(scope.file.filepath)} left behind ${what}.`), scope);
    return [];
  });
}

function pendingTimers(): (Started & { readonly place: string })[] {
  started = started.filter(({ timer }) => !timer._destroyed);
  return started.flatMap((entry) => {
    const origin = originOf(entry.site.stack);
    return origin && isLeft(entry.timer, origin) ? [{ ...entry, place: origin.place }] : [];
  });
}

/**
 * A library's own one-shot timer (a pool's idle time, a deadline) ends by itself, and so does one that was told not to
 * hold the process; what repeats goes on in the next file.
 */
function isLeft(timer: Timer, { throughLibrary }: Origin): boolean {
  if (typeof timer._repeat === 'number') {
    return !throughLibrary || timer.hasRef();
  }
  return !throughLibrary && timer.hasRef();
}

function nameOf(timer: Timer): string {
  if (timer._idleTimeout === undefined) {
    return 'a pending setImmediate';
  }
  if (typeof timer._repeat === 'number') {
    return `a running setInterval of ${timer._repeat} ms`;
  }
  return `a pending setTimeout of ${timer._idleTimeout} ms`;
}

function stop(timer: Timer): void {
  if (timer._idleTimeout === undefined) {
    clearImmediate(timer as unknown as NodeJS.Immediate);
  } else {
    clearTimeout(timer as unknown as NodeJS.Timeout);
  }
}
