import http from 'node:http';
import https from 'node:https';
import { inspect } from 'node:util';
import type { Leftover } from './leftover.ts';
import { property, type Setting, settings } from './process-settings.ts';

/** The value of each setting. */
type Values = Map<Setting, unknown>;

interface Owner {
  readonly name: string;
  readonly object: object;
  /** Made once for each of its properties: the values are read before and after each module. */
  readonly settings: Map<string, Setting>;
}

/** The environment, the settings of the process and those of its shared objects, as they are now. */
export class SharedValues {
  readonly #owners: readonly Owner[] = [
    owner('process.env', process.env),
    ...agent('http.globalAgent', http.globalAgent),
    ...agent('https.globalAgent', https.globalAgent),
    owner('util.inspect.defaultOptions', inspect.defaultOptions),
  ];
  readonly #kept = this.#read();
  #seen: Values = new Map(this.#kept);

  /** Says whether what changed since the last call stays: a module set it while it was loaded. */
  see(stays: boolean): void {
    const now = this.#read();
    for (const { setting, is } of stays ? differences(this.#seen, now) : []) {
      this.#kept.set(setting, is);
    }
    this.#seen = now;
  }

  changed(): Leftover[] {
    return differences(this.#kept, this.#read())
      .sort(({ setting: { name: a } }, { setting: { name: b } }) => (a < b ? -1 : Number(a > b)))
      .map((difference) => ({
        what: tell(difference),
        restore: () => difference.setting.write(difference.was),
      }));
  }

  #read(): Values {
    const values: Values = new Map(settings.map((setting) => [setting, setting.read()]));
    for (const { name, object, settings: known } of this.#owners) {
      for (const [key, value] of Object.entries(object)) {
        if (object !== process.env && !isOption(key, value)) {
          continue;
        }
        const setting = known.get(key) ?? property(name, object, key, { isOption: true });
        known.set(key, setting);
        values.set(setting, value);
      }
    }
    return values;
  }
}

interface Difference {
  readonly setting: Setting;
  readonly was: unknown;
  readonly is: unknown;
}

function differences(before: Values, after: Values): Difference[] {
  const found: Difference[] = [];
  for (const [setting, is] of after) {
    const was = before.get(setting);
    if (!Object.is(was, is)) {
      found.push({ setting, was, is });
    }
  }
  for (const [setting, was] of before) {
    if (was !== undefined && !after.has(setting)) {
      found.push({ setting, was, is: undefined });
    }
  }
  return found;
}

function owner(name: string, object: object): Owner {
  return { name, object, settings: new Map() };
}

/** An agent has its options, and some of them as properties too. */
function agent(name: string, object: http.Agent): Owner[] {
  const { options } = object as http.Agent & { readonly options?: object };
  return [owner(name, object), ...(options ? [owner(`${name}.options`, options)] : [])];
}

/** An agent's counters and own state are not options. */
function isOption(key: string, value: unknown): boolean {
  return !key.startsWith('_') && key !== 'totalSocketCount' && (typeof value !== 'object' || value === null);
}

/** As 'process.env.STAGE is "test" (was unset)', or "undici's global dispatcher is a MockAgent (was an Agent)". */
function tell({ setting: { name, isOption }, was, is }: Difference): string {
  const show = (value: unknown): string => {
    const kind = kindOf(value);
    if (kind !== undefined) {
      return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
    }
    if (!isOption) {
      return String(value);
    }
    return value === undefined ? 'unset' : typeof value === 'string' ? JSON.stringify(value) : String(value);
  };
  if (isOption && is === undefined) {
    return `${name} was removed (was ${show(was)})`;
  }
  const kind = kindOf(is);
  if (kind !== undefined && kind === kindOf(was)) {
    return `${name} is another ${kind}`;
  }
  return `${name} is ${show(is)} (was ${show(was)})`;
}

function kindOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  return value.constructor === undefined || value.constructor === Object ? 'object' : value.constructor.name;
}
