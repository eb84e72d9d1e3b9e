import { isDoubleMaker, isLibrary, locating } from '../blame/written-in.ts';
import { isTestCode } from '../inputs/test-path.ts';
import { isSetting } from './process-settings.ts';
import { sharedByFiles } from './shared-by-files.ts';

type Descriptors = ReadonlyMap<PropertyKey, PropertyDescriptor>;

/** An object of those that files share. */
interface SharedObject {
  readonly name: string;
  readonly owner: object;
  before: Descriptors;
  readonly added: Set<PropertyKey>;
}

/** A property that is not as it was. */
export interface ChangedProperty {
  readonly owner: string;
  readonly key: PropertyKey;
  readonly verb: 'was added' | 'was replaced' | 'was removed';
  /** A package of doubles put it there. */
  readonly isDouble: boolean;
  restore(): void;
}

type FileOf = (value: unknown) => string | undefined;

/** A property that differs from how it was, with the object that it is of. */
interface Difference {
  readonly name: string;
  readonly owner: object;
  readonly object: SharedObject;
  readonly key: PropertyKey;
  readonly was: PropertyDescriptor | undefined;
  readonly is: PropertyDescriptor | undefined;
}

/** The properties of what files share, as they are now. */
export class SharedObjects {
  readonly #objects: readonly SharedObject[];
  #globals: readonly PropertyKey[] = Reflect.ownKeys(globalThis);
  readonly #globalsOfTests = new Set<PropertyKey>();

  /** @param asSeen whether nothing has changed since somebody looked last, so that nobody need look again. */
  constructor(asSeen: boolean) {
    this.#objects = sharedByFiles().map(([name, owner]) => {
      const seen = asSeen ? lastSeen.get(owner)?.descriptors : undefined;
      return { name, owner, before: seen ?? descriptorsOf(owner), added: new Set() };
    });
  }

  /** Says whether the module scope of test code added the globals that are new since the last call. */
  seeGlobals(areOfTest: boolean): void {
    const globals = Reflect.ownKeys(globalThis);
    if (areOfTest) {
      const before = new Set(this.#globals);
      for (const key of globals) {
        if (!before.has(key)) {
          this.#globalsOfTests.add(key);
        }
      }
    }
    this.#globals = globals;
  }

  /**
   * Says that the modules of a file are loaded: what was added until now stays, and so does what modules replaced, other
   * than tests and what is made for doubles: they do it once, when they are loaded.
   */
  acceptModules(): void {
    this.#unless(({ owner, key, was, is }, fileOf) => {
      if (!was) {
        return owner !== globalThis || !this.#globalsOfTests.has(key);
      }
      const file = fileOf(code(is));
      return file === undefined ? isPrimitive(is?.value) : !isDoubleMaker(file) && !isTestCode(file);
    });
  }

  changed(): ChangedProperty[] {
    // Some libraries wrap the process when they are first used, for all that use them.
    const doubles = new Set<Difference>();
    const left = this.#unless((difference, fileOf) => {
      const { name, was, is } = difference;
      if (isDoubleMaker(fileOf(code(is)) ?? '')) {
        doubles.add(difference);
      }
      // Node binds functions of dns anew when its servers are set, which are among the settings of the process.
      if (name.startsWith('node:dns') && /^bound /.test((is?.value as { name?: string } | undefined)?.name ?? '')) {
        return true;
      }
      const file = !was || name === 'process' ? fileOf(code(is)) : undefined;
      return file !== undefined && isLibrary(file);
    });
    // With a double goes what its package keeps of it: the next file's would else take itself for in place.
    const ofDoubles = left.filter(isInternalState);
    return left
      .filter((difference) => !isInternalState(difference))
      .map((difference) => ({ ...difference, isDouble: doubles.has(difference) }))
      .map(({ name, owner, key, was, is, isDouble }) => ({
        owner: name,
        key,
        isDouble,
        verb: was ? (is ? 'was replaced' : 'was removed') : 'was added',
        restore: () => {
          restore(owner, key, was);
          for (const state of ofDoubles) {
            restore(state.owner, state.key, undefined);
          }
        },
      }));
  }

  /** The differences other than those that are accepted: these stay, and what is accepted as added may change. */
  #unless(isAccepted: (difference: Difference, fileOf: FileOf) => boolean): Difference[] {
    return locating((fileOf) =>
      this.#differences().filter((difference) => {
        const { was, is, key, object } = difference;
        if (isInternalState(difference)) {
          return isOfDouble(is?.value, fileOf);
        }
        if (!is || !isAccepted(difference, fileOf)) {
          return true;
        }
        if (was) {
          object.before = new Map(object.before).set(key, is);
        } else {
          object.added.add(key);
        }
        return false;
      }),
    );
  }

  #differences(): Difference[] {
    return this.#objects.flatMap((object) => {
      const { name, owner, before, added } = object;
      const after = descriptorsOf(owner);
      if (after === before) {
        return [];
      }
      return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
        const [was, is] = [before.get(key), after.get(key)];
        if (isSame(was, is, owner) || isVitest(key) || isSetting(owner, key)) {
          return [];
        }
        return !was && added.has(key) ? [] : [{ name, owner, object, key, was, is }];
      });
    });
  }
}

/** Added under a name that libraries and Node use for what they keep; a single value is a test's. */
function isInternalState({ key, was, is }: Difference): boolean {
  return !was && isInternal(key) && !isPrimitive(is?.value);
}

/** Whether a package of doubles made it. */
function isOfDouble(value: unknown, fileOf: FileOf): boolean {
  return [(value as object | undefined)?.constructor, value].some((made) => isDoubleMaker(fileOf(made) ?? ''));
}

function code(descriptor: PropertyDescriptor | undefined): unknown {
  return descriptor?.value ?? descriptor?.get ?? descriptor?.set;
}

/** What an object had when it was last looked at: few change at all, and each file looks at all of them three times. */
interface Seen {
  readonly keys: readonly PropertyKey[];
  readonly all: readonly PropertyDescriptor[];
  readonly descriptors: Descriptors;
}

const lastSeen = new WeakMap<object, Seen>();

/** The properties of an object; the same map as the last time where none has changed since. */
function descriptorsOf(owner: object): Descriptors {
  const seen = lastSeen.get(owner);
  const keys = Reflect.ownKeys(owner);
  if (seen !== undefined && isAsSeen(owner, keys, seen)) {
    return seen.descriptors;
  }
  const all = keys.map((key) => Object.getOwnPropertyDescriptor(owner, key) ?? {});
  const descriptors = new Map(
    keys.map((key, index) => [key, all[index] ?? {}] as const).filter(([key]) => isLookedAt(owner, key)),
  );
  lastSeen.set(owner, { keys, all, descriptors });
  return descriptors;
}

function isAsSeen(owner: object, keys: readonly PropertyKey[], seen: Seen): boolean {
  if (keys.length !== seen.keys.length) {
    return false;
  }
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as PropertyKey;
    const is = Object.getOwnPropertyDescriptor(owner, key);
    const was = seen.all[index];
    const same =
      key === seen.keys[index] &&
      is !== undefined &&
      Object.is(is.value, was?.value) &&
      is.get === was?.get &&
      is.set === was?.set &&
      is.writable === was?.writable &&
      is.configurable === was?.configurable &&
      is.enumerable === was?.enumerable;
    if (!same) {
      return false;
    }
  }
  return true;
}

/** Of a stream of the process only how it is written to: the rest is its own state. */
function isLookedAt(owner: object, key: PropertyKey): boolean {
  if (owner === process.stdout || owner === process.stderr) {
    return key === 'write';
  }
  return !(owner === process && isInternal(key));
}

/** Vitest gives a worker new state for each file. */
function isVitest(key: PropertyKey): boolean {
  return /^__vitest|^vitest:/.test(typeof key === 'symbol' ? (key.description ?? '') : String(key));
}

function isPrimitive(value: unknown): boolean {
  return value === null || !['object', 'function', 'undefined'].includes(typeof value);
}

/** Names by which libraries and Node keep their own state. */
function isInternal(key: PropertyKey): boolean {
  return typeof key === 'symbol' || String(key).startsWith('_');
}

function isSame(was: PropertyDescriptor | undefined, is: PropertyDescriptor | undefined, owner: object): boolean {
  if (!was || !is) {
    return was === is;
  }
  if (was.get && is.get === undefined && was.get !== is.get) {
    return isMadeBy(was.get, is.value, owner);
  }
  return Object.is(was.value, is.value) && was.get === is.get && was.set === is.set;
}

/**
 * Whether Node's own getter put the value in its own place when it was read: some make a new one for each reading
 * (process.allowedNodeEnvironmentFlags), which is then like the other in all that shows.
 */
function isMadeBy(get: () => unknown, value: unknown, owner: object): boolean {
  const again = get.call(owner) as unknown;
  // It may have put that in the place of the other.
  lastSeen.delete(owner);
  if (Object.is(again, value)) {
    return true;
  }
  if (typeof again !== 'object' || typeof value !== 'object' || again === null || value === null) {
    return false;
  }
  if (again.constructor === Object || again.constructor.name !== value.constructor?.name) {
    return false;
  }
  const entries = (of: object): unknown => (of instanceof Set || of instanceof Map ? [...of] : Object.entries(of));
  return JSON.stringify(entries(again)) === JSON.stringify(entries(value));
}

function restore(owner: object, key: PropertyKey, was: PropertyDescriptor | undefined): void {
  if (was) {
    Object.defineProperty(owner, key, was);
  } else {
    Reflect.deleteProperty(owner, key);
  }
}
