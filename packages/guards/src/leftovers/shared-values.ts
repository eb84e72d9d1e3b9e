import http from 'node:http';
import https from 'node:https';
import { inspect } from 'node:util';
import type { Leftover } from './leftover.ts';
import { property, type Setting, settings } from './process-settings.ts';

interface Reading {
  readonly setting: Setting;
  readonly value: unknown;
}

type Owner = readonly [name: string, owner: object];

/** The environment, the settings of the process and those of its shared objects, as they are now. */
export class SharedValues {
  readonly #owners: readonly Owner[] = [
    ['process.env', process.env],
    ...agent('http.globalAgent', http.globalAgent),
    ...agent('https.globalAgent', https.globalAgent),
    ['util.inspect.defaultOptions', inspect.defaultOptions],
  ];
  readonly #kept = this.#read();
  #seen: ReadonlyMap<string, Reading> = new Map(this.#kept);

  /** Says whether what changed since the last call stays: a module set it while it was loaded. */
  see(stays: boolean): void {
    const now = this.#read();
    for (const { setting, is } of stays ? differences(this.#seen, now) : []) {
      this.#kept.set(keyOf(setting), { setting, value: is });
    }
    this.#seen = now;
  }

  changed(): Leftover[] {
    const changed = differences(this.#kept, this.#read()).sort((a, b) =>
      keyOf(a.setting) < keyOf(b.setting) ? -1 : 1,
    );
    return changed.map((difference) => ({
      what: tell(difference),
      restore: () => difference.setting.write(difference.was as never),
    }));
  }

  #read(): Map<string, Reading> {
    const ofOwners = this.#owners.flatMap(([name, owner]) =>
      Object.entries(owner)
        .filter(([key, value]) => owner === process.env || isOption(key, value))
        .map(([key]) => property(name, owner, key, { isOption: true })),
    );
    return new Map([...settings, ...ofOwners].map((setting) => [keyOf(setting), { setting, value: setting.read() }]));
  }
}

/** Two may have one name, as undici's dispatchers. */
function keyOf({ name, keptIn }: Setting): string {
  return `${name} ${String(keptIn?.[1])}`;
}

interface Difference {
  readonly setting: Setting;
  readonly was: unknown;
  readonly is: unknown;
}

function differences(before: ReadonlyMap<string, Reading>, after: ReadonlyMap<string, Reading>): Difference[] {
  const all = new Map([...before, ...after]);
  return [...all].flatMap(([key, { setting }]) => {
    const [was, is] = [before.get(key)?.value, after.get(key)?.value];
    return Object.is(was, is) ? [] : [{ setting, was, is }];
  });
}

/** An agent has its options, and some of them as properties too. */
function agent(name: string, owner: http.Agent): Owner[] {
  const { options } = owner as http.Agent & { readonly options?: object };
  return [[name, owner], ...(options ? [[`${name}.options`, options] as const] : [])];
}

/** An agent's counters and own state are none. */
function isOption(key: string, value: unknown): boolean {
  return !key.startsWith('_') && key !== 'totalSocketCount' && (typeof value !== 'object' || value === null);
}

/** As 'process.env.STAGE is "test" (was unset)', or "undici's global dispatcher is a MockAgent (was an Agent)". */
function tell({ setting: { name, isOption }, was, is }: Difference): string {
  const show = (value: unknown): string => {
    const kind = kindOf(value);
    if (kind !== undefined) return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
    if (!isOption) return String(value);
    return value === undefined ? 'unset' : typeof value === 'string' ? JSON.stringify(value) : String(value);
  };
  if (isOption && is === undefined) return `${name} was removed (was ${show(was)})`;
  const kind = kindOf(is);
  if (kind !== undefined && kind === kindOf(was)) return `${name} is another ${kind}`;
  return `${name} is ${show(is)} (was ${show(was)})`;
}

function kindOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return value.constructor === undefined || value.constructor === Object ? 'object' : value.constructor.name;
}
