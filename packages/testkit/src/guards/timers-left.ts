import { createHook } from 'node:async_hooks';
import { siteOf } from './caller.ts';
import { currentScope } from './ledger.ts';
import type { Leftover } from './snapshot.ts';
import { type Origin, originOf, workerScope } from './started-by.ts';

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
  readonly file: string | undefined;
}

const PRUNED_AT = 1000;
const { clearTimeout, clearImmediate } = globalThis;
let started: Started[] = [];

/** From now on notes who starts real timers, by whichever of Node's modules. */
export function watchTimers(): void {
  const init = (_id: number, type: string, _trigger: number, resource: object): void => {
    if ((type !== 'Timeout' && type !== 'Immediate') || workerScope.getStore()) return;
    if (started.length > PRUNED_AT) started = started.filter(({ timer }) => !timer._destroyed);
    started.push({ timer: resource as Timer, site: siteOf(init), file: currentScope()?.file.filepath });
  };
  createHook({ init, trackPromises: false }).enable();
}

/** Timers that still run, and that code of the workspace started since the last call. */
export function timersLeft(): Leftover[] {
  const pending = started.filter(({ timer }) => !timer._destroyed);
  started = [];
  return pending.flatMap(({ timer, site }) => {
    const origin = originOf(site.stack);
    if (!origin || !isLeft(timer, origin)) return [];
    return [{ what: `${nameOf(timer)}, started at ${origin.place}`, restore: () => stop(timer) }];
  });
}

/**
 * A library's own one-shot timer (a pool's idle time, a deadline) ends by itself, and so does one that was told not to
 * hold the process; what repeats goes on in the next file.
 */
function isLeft(timer: Timer, { throughLibrary }: Origin): boolean {
  if (typeof timer._repeat === 'number') return !throughLibrary || timer.hasRef();
  return !throughLibrary && timer.hasRef();
}

function nameOf(timer: Timer): string {
  if (timer._idleTimeout === undefined) return 'a pending setImmediate';
  if (typeof timer._repeat === 'number') return `a running setInterval of ${timer._repeat} ms`;
  return `a pending setTimeout of ${timer._idleTimeout} ms`;
}

function stop(timer: Timer): void {
  if (timer._idleTimeout === undefined) clearImmediate(timer as unknown as NodeJS.Immediate);
  else clearTimeout(timer as unknown as NodeJS.Timeout);
}
