import inspector from 'node:inspector';
import v8 from 'node:v8';
import { guardClass } from '../blame/guard-class.ts';
import { refuse } from '../blame/refusal.ts';
import { refuseCall } from '../blame/refuse-call.ts';
import { type AnyFunction, replaceMethod } from '../blame/replace.ts';
import type { Activity } from '../observed/activity.ts';

/**
 * Packages whose compiled part is there to reach files, devices, processes or the network, past all that JavaScript
 * sees.
 */
const REACHES_OUT: Readonly<Record<string, Activity>> = Object.fromEntries([
  ...[
    'lmdb',
    'classic-level',
    'leveldown',
    'rocksdb',
    'duckdb',
    '@duckdb',
    'libsql',
    '@libsql',
    'libpq',
    'oracledb',
    'ibm_db',
    'odbc',
    'msnodesqlv8',
    'couchbase',
    'aerospike-client',
    'realm',
  ].map((name) => [name, 'database']),
  ...['zeromq', 'node-rdkafka', '@confluentinc', 'unix-dgram', 'raw-socket', 'pcap', 'cap'].map((name) => [
    name,
    'network',
  ]),
  ...['node-pty', '@homebridge', 'koffi', '@koromix', 'ffi-napi', 'ffi-rs', '@yuuang'].map((name) => [name, 'process']),
  ...['fsevents', '@parcel/watcher', 'nodegit', 'usb', '@serialport', 'keytar', 'fs-ext'].map((name) => [name, 'file']),
]);

/**
 * Refuses compiled code (addons) that is known to reach out of the process when it is loaded, and what remains of
 * Node's ways to write or to listen. SQLite in memory stays allowed: of its addons the databases that are files are
 * refused.
 */
export function refuseNativeCode(): void {
  replaceMethod(process, 'dlopen', (original) => {
    const guarded: AnyFunction = function (...args) {
      const [module, path] = args as [{ exports: Record<string, unknown> } | undefined, unknown];
      const activity = activityOf(String(path));
      const refusal = activity && refuse(activity, `load native code (${String(path)})`, guarded);
      if (refusal) {
        throw refusal;
      }
      const result = original.apply(this, args);
      if (typeof module?.exports?.Database === 'function') {
        guardClass(module.exports, 'Database', fileOf, 'database');
      }
      return result;
    };
    return guarded;
  });
  refuseCall(inspector.Session.prototype, 'connectToMainThread', 'thread', () => 'inspect the main thread');
  refuseCall(v8, 'setHeapSnapshotNearHeapLimit', 'file', () => 'write heap snapshots');
}

function activityOf(path: string): Activity | undefined {
  const names = [...path.replaceAll('\\', '/').matchAll(/\/node_modules\/(@[^/]+\/[^/]+|[^@/][^/]*)/g)];
  const name = names.at(-1)?.[1] ?? '';
  return REACHES_OUT[name] ?? REACHES_OUT[name.split('/')[0] ?? ''];
}

/** As better-sqlite3 and sqlite3 open it: '' and ':memory:' are not files. */
function fileOf([path]: unknown[]): string | undefined {
  return typeof path !== 'string' || path === '' || path === ':memory:' ? undefined : `open the database file ${path}`;
}
