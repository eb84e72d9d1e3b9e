import { listenersOf } from './process-listeners.ts';
import { settings } from './process-settings.ts';
import { SharedObjects } from './shared-objects.ts';

/** Something that is not as it was. */
export interface Leftover {
  /** As `process.env.STAGE is "test" (was unset)`. */
  readonly what: string;
  restore(): void;
}

/** The state of a worker that files share when they are not isolated, as it is now. */
export class Snapshot {
  readonly #environment = { ...process.env };
  readonly #settings = settings.map(({ read }) => read());
  readonly #objects = new SharedObjects();
  #listeners = listenersOf(process);

  /**
   * Says that the modules of a file are loaded: libraries set up their own globals and listeners once, when they are
   * loaded, and these stay.
   */
  acceptModules(): void {
    this.#objects.acceptModules();
    const before = new Set(this.#listeners.map(({ listener }) => listener));
    this.#listeners = listenersOf(process).filter(({ listener, addedByTest }) => !addedByTest || before.has(listener));
  }

  /** What has changed since. */
  leftovers(): Leftover[] {
    return [
      ...this.#changedEnvironment(),
      ...this.#objects.changed().map(({ owner, key, verb, restore }) => ({
        what: `${owner}.${String(key)} ${verb}`,
        restore,
      })),
      ...this.#addedListeners(),
      ...this.#changedSettings(),
    ];
  }

  #changedEnvironment(): Leftover[] {
    const before = this.#environment;
    const names = new Set([...Object.keys(before), ...Object.keys(process.env)]);
    return [...names].sort().flatMap((name) => {
      const [was, is] = [before[name], process.env[name]];
      if (was === is) return [];
      const restore = (): void => {
        if (was === undefined) delete process.env[name];
        else process.env[name] = was;
      };
      return [
        {
          what: `process.env.${name} ${is === undefined ? 'was removed' : `is ${quote(is)}`} (was ${quote(was)})`,
          restore,
        },
      ];
    });
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

  #changedSettings(): Leftover[] {
    return settings.flatMap(({ name, read, write }, index) => {
      const [was, is] = [this.#settings[index], read()];
      if (Object.is(was, is)) return [];
      return [{ what: `${name} is ${show(is)} (was ${show(was)})`, restore: () => write(was as never) }];
    });
  }
}

function quote(value: string | undefined): string {
  return value === undefined ? 'unset' : JSON.stringify(value);
}

function show(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return value.constructor === Object ? 'another object' : `another ${value.constructor?.name ?? 'object'}`;
}
