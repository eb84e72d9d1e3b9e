import { createCache as createDedupe, StorageInterface } from 'async-cache-dedupe';
import type { z } from 'zod';
import type { Cache } from './cache.ts';

export interface CacheAsideOptions<Question, Value> {
  readonly cache: Pick<Cache, 'ttlS' | 'get' | 'set' | 'remove'>;
  /** Comes before each key, since others may use the cache too: `orders:rates`. */
  readonly name: string;
  readonly keyOf: (question: Question) => string;
  /** Checks a value. The cache may hold values that another version or another program wrote. */
  readonly schema: z.ZodType<Value>;
  /** Asks the source. Unknown values (undefined) and errors are not kept. */
  readonly load: (question: Question) => Promise<Value | undefined>;
}

export interface CacheAside<Question, Value> {
  /** Answers from the cache, or else from the source. Of many at once that ask for the same, one asks and all get its answer. */
  read(question: Question): Promise<Value | undefined>;
  /** To be called after a change at the source. */
  forget(question: Question): Promise<void>;
}

interface Loaded {
  readonly value: unknown;
  readonly isToKeep: boolean;
}

/** Puts a cache before a source. Many at once are one within a process; each process asks for itself. */
export function cacheAside<Question, Value>(options: CacheAsideOptions<Question, Value>): CacheAside<Question, Value> {
  const { cache, name, keyOf, load } = options;
  let changes = 0;
  const values = createDedupe({ storage: { type: 'custom', options: { storage: new CheckedTexts(options) } } }).define(
    name,
    { serialize: keyOf, ttl: ({ isToKeep }: Loaded) => (isToKeep ? cache.ttlS : 0) },
    async (question: Question): Promise<Loaded> => {
      const before = changes;
      const value = await load(question);
      // What was read while something changed may be from before the change.
      return { value, isToKeep: value !== undefined && before === changes };
    },
  );
  return {
    read: async (question) => (await values[name]?.(question))?.value as Value | undefined,
    forget: async (question) => {
      changes += 1;
      await values.clear(name, question);
      await cache.remove(`${name}~${keyOf(question)}`);
    },
  };
}

/** The storage of async-cache-dedupe: JSON that is checked when it is read. */
class CheckedTexts<Value> extends StorageInterface {
  readonly #options: Pick<CacheAsideOptions<never, Value>, 'cache' | 'schema'>;

  constructor(options: Pick<CacheAsideOptions<never, Value>, 'cache' | 'schema'>) {
    super({});
    this.#options = options;
  }

  override async get(key: string): Promise<Loaded | undefined> {
    const { success, data } = this.#options.schema.safeParse(parse(await this.#options.cache.get(key)));
    return success ? { value: data, isToKeep: true } : undefined;
  }

  override async set(key: string, { value }: Loaded): Promise<void> {
    this.#options.cache.set(key, JSON.stringify(value));
  }

  /** Called after each error of the source too, when what is kept may be right: it may only have come too late. */
  override async remove(): Promise<void> {}
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
