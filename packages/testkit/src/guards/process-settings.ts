import dns from 'node:dns';
import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { isMainThread } from 'node:worker_threads';

/** A setting of the whole process or thread, which no property of a shared object shows. */
export interface Setting {
  /** As code reads it: 'process.cwd()'. */
  readonly name: string;
  read(): unknown;
  write(value: never): void;
}

// Replaced by tests and libraries: Node's own are kept.
const { cwd, chdir, umask } = process;

export const settings: readonly Setting[] = [
  setting('process.cwd()', cwd, isMainThread ? chdir : () => {}),
  // Threads may only read it.
  setting('process.umask()', () => umask(), isMainThread ? umask : () => {}),
  setting(
    'process.exitCode',
    () => process.exitCode,
    (code) => {
      process.exitCode = code;
    },
  ),
  setting(
    'process.title',
    () => process.title,
    (title) => {
      process.title = title;
    },
  ),
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
  ...['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) =>
    property("undici's", globalThis, Symbol.for(name), 'global dispatcher'),
  ),
];

function setting<V>(name: string, read: () => V, write: (value: V) => void): Setting {
  return { name, read, write };
}

function property(owner: string, object: object, key: PropertyKey, shown?: string): Setting {
  const values = object as Record<PropertyKey, unknown>;
  const write = (value: unknown): void => {
    values[key] = value;
  };
  return {
    name: shown === undefined ? `${owner}.${String(key)}` : `${owner} ${shown}`,
    read: () => values[key],
    write,
  };
}
