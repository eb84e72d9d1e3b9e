import { listenersOf } from './process-listeners.ts';

/** Something that is not as it was. */
export interface Leftover {
  /** As `process.env.STAGE is "test" (was unset)`. */
  readonly what: string;
  restore(): void;
}

type Descriptors = Map<PropertyKey, PropertyDescriptor>;

/** Objects that all files of a worker share, and that tests change. */
const shared = (): Record<string, object> => ({ globalThis, console, Date, JSON, Math, process });

/** The state of a worker that files share when they are not isolated, as it is now. */
export class Snapshot {
  readonly #environment = { ...process.env };
  readonly #exitCode = process.exitCode;
  readonly #properties = Object.entries(shared()).map(([name, owner]) => ({
    name,
    owner,
    before: descriptorsOf(owner),
  }));
  #known: Map<string, Set<PropertyKey>>;
  #listeners = listenersOf(process);

  constructor() {
    this.#known = this.#keys();
  }

  /**
   * Says that modules are loaded: what was added until now (not what was replaced) stays, since libraries set up their
   * own globals and listeners once, when they are loaded.
   */
  acceptAdditions(): void {
    this.#known = this.#keys();
    this.#listeners = listenersOf(process);
  }

  /** What has changed since. */
  leftovers(): Leftover[] {
    return [
      ...this.#changedEnvironment(),
      ...this.#changedProperties(),
      ...this.#addedListeners(),
      ...this.#changedExitCode(),
    ];
  }

  #keys(): Map<string, Set<PropertyKey>> {
    return new Map(Object.entries(shared()).map(([name, owner]) => [name, new Set(Reflect.ownKeys(owner))]));
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

  #changedProperties(): Leftover[] {
    return this.#properties.flatMap(({ name, owner, before }) => {
      const after = descriptorsOf(owner);
      const keys = new Set([...before.keys(), ...after.keys()]);
      return [...keys].flatMap((key) => {
        const [was, is] = [before.get(key), after.get(key)];
        if (!was && (this.#known.get(name)?.has(key) || isInternal(key))) return [];
        if (isSame(was, is, owner)) return [];
        const verb = !was ? 'was added' : is ? 'was replaced' : 'was removed';
        return [{ what: `${name}.${String(key)} ${verb}`, restore: () => restore(owner, key, was) }];
      });
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

  #changedExitCode(): Leftover[] {
    const [was, is] = [this.#exitCode, process.exitCode];
    if (was === is) return [];
    const restore = (): void => {
      process.exitCode = was;
    };
    return [{ what: `process.exitCode is ${String(is)} (was ${String(was)})`, restore }];
  }
}

function descriptorsOf(owner: object): Descriptors {
  const descriptors: Descriptors = new Map();
  for (const key of Reflect.ownKeys(owner)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    if (descriptor && !(owner === process && isInternal(key))) descriptors.set(key, descriptor);
  }
  return descriptors;
}

/** Names by which libraries and Node keep their own state. */
function isInternal(key: PropertyKey): boolean {
  return typeof key === 'symbol' || String(key).startsWith('_');
}

function isSame(was: PropertyDescriptor | undefined, is: PropertyDescriptor | undefined, owner: object): boolean {
  if (!was || !is) return was === is;
  if (was.get !== is.get && is.get === undefined && was.get) return Object.is(was.get.call(owner), is.value); // Node's lazy globals
  return Object.is(was.value, is.value) && was.get === is.get && was.set === is.set;
}

function restore(owner: object, key: PropertyKey, was: PropertyDescriptor | undefined): void {
  if (was) Object.defineProperty(owner, key, was);
  else Reflect.deleteProperty(owner, key);
}

function quote(value: string | undefined): string {
  return value === undefined ? 'unset' : JSON.stringify(value);
}
