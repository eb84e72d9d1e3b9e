import { isTestCode } from '../inputs/test-path.ts';
import type { Leftover } from './leftover.ts';
import { listenersOf } from './process-listeners.ts';
import { SharedObjects } from './shared-objects.ts';
import { SharedValues } from './shared-values.ts';

/** The state of a worker that files share when they are not isolated, as it is now. */
export class Snapshot {
  readonly #values = new SharedValues();
  readonly #objects: SharedObjects;
  #listeners = listenersOf(process);

  /** @param asSeen whether shared objects are as the last snapshot saw them when it was asked what had changed. */
  constructor(asSeen = false) {
    this.#objects = new SharedObjects(asSeen);
  }

  /**
   * Says that the modules of a file are loaded: libraries set up their own globals and listeners once, when they are
   * loaded, and these stay.
   */
  acceptModules(): void {
    this.#objects.acceptModules();
    const before = new Set(this.#listeners.map(({ listener }) => listener));
    this.#listeners = listenersOf(process).filter(({ listener, addedByTest }) => !addedByTest || before.has(listener));
  }

  /**
   * Says whose code has run since the last call: what a module sets while it is loaded stays, for it does so once.
   * @param file the module's; undefined outside of the loading of modules
   */
  acceptModule(file: string | undefined): void {
    const isTest = file !== undefined && isTestCode(file);
    this.#values.see(file !== undefined && !isTest);
    this.#objects.seeGlobals(isTest);
  }

  /** The changes since. */
  leftovers(): Leftover[] {
    return [
      ...this.#objects.changed().map(({ owner, key, verb, isDouble, restore }) => ({
        what: `${owner}.${String(key)} ${verb}`,
        isDouble,
        restore,
      })),
      ...this.#addedListeners(),
      ...this.#values.changed(),
    ];
  }

  #addedListeners(): Leftover[] {
    const before = new Set(this.#listeners.map(({ listener }) => listener));
    return listenersOf(process)
      .filter(({ listener, addedByLibrary }) => !before.has(listener) && !addedByLibrary)
      .map(({ event, listener }) => ({
        what: `a listener of process.on('${String(event)}')`,
        restore: () => void process.removeListener(event, listener),
      }));
  }
}
