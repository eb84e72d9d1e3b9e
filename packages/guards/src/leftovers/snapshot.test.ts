import buffer from 'node:buffer';
import crypto from 'node:crypto';
import dns from 'node:dns';
import { EventEmitter } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Snapshot } from './snapshot.ts';

interface Changed {
  snapshotAdded?: unknown;
}

/** Changes what this test may see changed, and sets it back whatever happens. */
function leftoversAfter(change: (snapshot: Snapshot) => void): string[] {
  const snapshot = new Snapshot();
  onTestFinished(() => {
    for (const { restore } of snapshot.leftovers()) {
      restore();
    }
    expect(snapshot.leftovers()).toEqual([]);
  });
  change(snapshot);
  return snapshot.leftovers().map(({ what }) => what);
}

test('nothing is left when nothing changes', () => {
  expect(leftoversAfter(() => {})).toEqual([]);
});

test('the environment', () => {
  const { HOME, ...rest } = process.env;
  const [name = ''] = Object.keys(rest);
  const change = (): void => {
    process.env.SNAPSHOT_ADDED = 'x';
    process.env[name] = 'other';
  };
  expect(leftoversAfter(change)).toEqual(
    expect.arrayContaining([
      'process.env.SNAPSHOT_ADDED is "x" (was unset)',
      `process.env.${name} is "other" (was ${JSON.stringify(rest[name])})`,
    ]),
  );
});

test('globals that were added, replaced or removed', () => {
  const changed = leftoversAfter(() => {
    (globalThis as Changed).snapshotAdded = 1;
    Math.random = () => 0;
    Reflect.deleteProperty(JSON, 'rawJSON');
  });
  expect(changed).toEqual([
    'globalThis.snapshotAdded was added',
    'JSON.rawJSON was removed',
    'Math.random was replaced',
  ]);
});

test("functions of all prototypes, of the process' streams, and of Node's modules and their classes", () => {
  const other = vi.fn();
  const changed = leftoversAfter(() => {
    Object.assign(BigInt.prototype, { toJSON: other });
    Intl.DateTimeFormat.prototype.resolvedOptions = other;
    AbortSignal.timeout = other;
    Object.assign(Response.prototype, { json: other });
    process.stdout.write = other;
    crypto.randomUUID = other;
    EventEmitter.prototype.listenerCount = other;
  });
  expect(changed.sort()).toEqual([
    'AbortSignal.timeout was replaced',
    'BigInt.prototype.toJSON was added',
    'Intl.DateTimeFormat.prototype.resolvedOptions was replaced',
    'Response.prototype.json was replaced',
    'events.EventEmitter.prototype.listenerCount was replaced',
    'node:crypto.randomUUID was replaced',
    'process.stdout.write was added',
  ]);
});

test('the servers of dns, for whose sake Node replaces functions, by one line', () => {
  const servers = dns.getServers().join();
  expect(leftoversAfter(() => dns.setServers(['127.0.0.9']))).toEqual([
    `the servers of dns is 127.0.0.9 (was ${servers})`,
  ]);
});

test("another agent, by its class, and an agent's options", () => {
  class MockAgent {}
  const dispatcher = Symbol.for('undici.globalDispatcher.1');
  const changed = leftoversAfter(() => {
    (globalThis as unknown as Record<symbol, unknown>)[dispatcher] = new MockAgent();
    http.globalAgent = new http.Agent();
    https.globalAgent.maxSockets = 1;
    https.globalAgent.options.keepAlive = false;
    buffer.INSPECT_MAX_BYTES = 5;
  });
  expect(changed.sort()).toEqual([
    'buffer.INSPECT_MAX_BYTES is 5 (was 50)',
    'http.globalAgent is another Agent',
    'https.globalAgent.maxSockets is 1 (was Infinity)',
    'https.globalAgent.options.keepAlive is false (was true)',
    "undici's global dispatcher is a MockAgent (was an Agent)",
  ]);
});

test('what modules add when they are loaded stays, what a test replaces then does not', () => {
  const changed = leftoversAfter((snapshot) => {
    (globalThis as Changed).snapshotAdded = 1;
    Math.random = () => 0;
    snapshot.acceptModules();
  });
  expect(changed).toEqual(['Math.random was replaced']);
  Reflect.deleteProperty(globalThis, 'snapshotAdded');
});

test('a listener of the process', () => {
  expect(leftoversAfter(() => void process.on('SIGUSR2', () => {}))).toEqual(["a listener of process.on('SIGUSR2')"]);
});

test("Vitest's own state, which it replaces for each file, is not a leftover", () => {
  const vitest = globalThis as { __vitest_of_this_test__?: number };
  vitest.__vitest_of_this_test__ = 1;
  onTestFinished(() => void Reflect.deleteProperty(globalThis, '__vitest_of_this_test__'));
  expect(
    leftoversAfter(() => {
      vitest.__vitest_of_this_test__ = 2;
    }),
  ).toEqual([]);
  expect(vitest.__vitest_of_this_test__).toBe(2);
});
