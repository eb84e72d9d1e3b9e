import buffer from 'node:buffer';
import dns from 'node:dns';
import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { getDefaultHighWaterMark, setDefaultHighWaterMark } from 'node:stream';
import tls from 'node:tls';
import { isMainThread } from 'node:worker_threads';

/** A setting of the whole process or thread, which no property of a shared object shows. */
export interface Setting {
  /** As code reads it: 'process.cwd()'. */
  readonly name: string;
  /** One of those that an object has, which may be unset. */
  readonly isOption?: boolean;
  /** Where it is kept, unless functions alone reach it. */
  readonly keptIn?: readonly [owner: object, key: PropertyKey];
  read(): unknown;
  write(value: unknown): void;
}

/** The places of undici's global dispatcher. */
export const DISPATCHERS = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) => Symbol.for(name));

// Replaced by tests and libraries: Node's own are kept.
const { cwd, chdir, umask } = process;

export const settings: readonly Setting[] = [
  setting('process.cwd()', cwd, isMainThread ? chdir : () => {}),
  // Threads may only read it.
  setting('process.umask()', () => umask(), isMainThread ? umask : () => {}),
  property('process', process, 'exitCode'),
  property('process', process, 'title'),
  setting('the default order of dns', dns.getDefaultResultOrder, dns.setDefaultResultOrder),
  setting(
    'the servers of dns',
    () => dns.getServers().join(),
    (servers: string) => dns.setServers(servers.split(',')),
  ),
  setting('net.getDefaultAutoSelectFamily()', net.getDefaultAutoSelectFamily, net.setDefaultAutoSelectFamily),
  property('http', http, 'globalAgent'),
  property('https', https, 'globalAgent'),
  property('tls', tls, 'DEFAULT_MIN_VERSION'),
  property('tls', tls, 'DEFAULT_MAX_VERSION'),
  property('EventEmitter', EventEmitter, 'defaultMaxListeners'),
  property('EventEmitter', EventEmitter, 'captureRejections'),
  property('buffer', buffer, 'INSPECT_MAX_BYTES'),
  ...[false, true].map((ofObjects) =>
    setting(
      `stream.getDefaultHighWaterMark(${ofObjects})`,
      () => getDefaultHighWaterMark(ofObjects),
      (value: number) => setDefaultHighWaterMark(ofObjects, value),
    ),
  ),
  ...DISPATCHERS.map((key) => property("undici's", globalThis, key, { name: 'global dispatcher' })),
];

/** Whether a property of an object is among the settings. */
export function isSetting(owner: object, key: PropertyKey): boolean {
  return settings.some(({ keptIn }) => keptIn?.[0] === owner && keptIn[1] === key);
}

function setting<V>(name: string, read: () => V, write: (value: V) => void): Setting {
  return { name, read, write: (value) => write(value as V) };
}

/** A property of an object, which is named after both, or as is said. */
export function property(
  owner: string,
  object: object,
  key: PropertyKey,
  { name, isOption = false }: { name?: string; isOption?: boolean } = {},
): Setting {
  const values = object as Record<PropertyKey, unknown>;
  const write = (value: unknown): void => {
    if (isOption && value === undefined) {
      delete values[key];
    } else {
      values[key] = value;
    }
  };
  return {
    name: name === undefined ? `${owner}.${String(key)}` : `${owner} ${name}`,
    isOption,
    keptIn: [object, key],
    read: () => values[key],
    write,
  };
}
