import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Run, runVitest } from '../../../packages/guards/src/observed/run-vitest.ts';

const config = resolve(import.meta.dirname, '../../../packages/guards/integration/fixtures/vitest.config.ts');
const folder = 'packages/guards/integration/fixtures';

async function run(suite: string, names: string[], options: string[] = []): Promise<Run> {
  const environment = { GUARDED_SUITE: suite, STARTED_IN: resolve(import.meta.dirname, '../../..') };
  return runVitest(
    config,
    names.map((name) => `${folder}/${name}`),
    options,
    environment,
  );
}

/** Puts a library where the fixtures find it, until the test ends. */
async function installLibrary(name: string, source: string): Promise<void> {
  const modules = resolve(import.meta.dirname, '../../../packages/guards/integration/fixtures/node_modules');
  onTestFinished(() => rm(modules, { recursive: true, force: true }));
  await mkdir(`${modules}/${name}`, { recursive: true });
  await writeFile(`${modules}/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
  await writeFile(`${modules}/${name}/index.js`, source);
}

/** A library as there are many: it wraps functions of the process when it is loaded, and when it is first used. */
const WRAPS_PROCESS = `const { cwd, emit } = process;
process.cwd = function cwdOfLibrary() { return cwd.call(process); };
Error.stackTraceLimit = 60;
Promise.prototype.finally = (original => function () { return original.apply(this, arguments); })(Promise.prototype.finally);
setInterval(() => {}, 60_000).unref();
process.on('SIGUSR2', () => {});
globalThis.useLibrary = () => {
  process.emit = function emitOfLibrary() { return emit.apply(process, arguments); };
  Error.prepareStackTrace = Error.prepareStackTrace;
};
`;

/** Of a library of doubles: it assigns to Node's modules and defines the global, as nock and MSW do. */
const NOCK = `const http = require('node:http');
const { get } = http;
const fetch = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
exports.activate = () => { http.get = new Proxy(get, {}); };
exports.activateFetch = () => {
  Object.defineProperty(globalThis, 'fetch', { value: () => {}, enumerable: true, configurable: true });
};
exports.restore = () => { http.get = get; Object.defineProperty(globalThis, 'fetch', fetch); };
`;

/** Of a library of doubles that itself remembers whether it is in place. */
const REMEMBERS = `const http = require('node:http');
const { get } = http;
let isActive = false;
exports.activate = () => {
  if (!isActive) http.get = new Proxy(get, { apply: () => 'a double' });
  isActive = true;
};
exports.restore = () => { http.get = get; isActive = false; };
`;

/** A library of doubles, as nock and MSW are: in place when it is loaded, by proxies, and known by a symbol. */
const IN_PLACE = `const http = require('node:http');
const running = Symbol.for('running double');
class Double {
  constructor() {
    this.real = http.get;
    http.get = new Proxy(http.get, { apply: () => 'a double' });
  }
}
exports.activate = () => { globalThis[running] ??= new Double(); };
exports.restore = () => {
  http.get = globalThis[running].real;
  delete globalThis[running];
};
exports.activate();
`;

describe.each(['unit', 'integration'])('what a file of the %s suite leaves', (suite) => {
  test('is set back, and fails the file that left it', { timeout: 60_000 }, async () => {
    const { files } = await run(suite, ['left-a', 'left-b']);
    const at = `${folder}/left-a.fixture.ts`;
    expect(files['left-a.fixture.ts']?.message).toBe(
      `${at} left behind what the next file in its worker would see:
  - fake timers (vi.useFakeTimers)
  - globalThis.Symbol(left by a) was added
  - Error.stackTraceLimit was replaced
  - Array.prototype.leftByA was added
  - node:os.hostname was replaced
  - http.globalAgent is another Agent
  - process.env.LEFT_BY_A is "x" (was unset)
  - a running setInterval of 5 ms, started at ${at}:8:3
  - a running setInterval of 6 ms, started at ${at}:9:3
  - a pending setTimeout of 60000 ms, started at ${at}:10:3
  - a pending setTimeout of 50000 ms, started at ${at}:11:8
  - a running setInterval of 7 ms, started at ${at}:13:22
It is set back now. Undo it where it is done: onTestFinished(() => …), vi.unstubAllEnvs(), vi.unstubAllGlobals(), vi.useRealTimers(), clearInterval(…), server.close(); or pass the value in, instead of setting it for everybody.`,
    );
    expect(files['left-b.fixture.ts']).toMatchObject({ status: 'passed', message: '' });
  });

  test('is not what was only read, nor what libraries set up', { timeout: 60_000 }, async () => {
    await installLibrary('wraps-process', WRAPS_PROCESS);
    const { files, output } = await run(suite, ['read-process']);
    expect(Object.keys(files), output).toHaveLength(2);
    for (const file of Object.values(files)) {
      expect(file, output).toMatchObject({ status: 'passed', message: '' });
    }
  });

  test('is set back after a file that was refused as it was loaded', { timeout: 60_000 }, async () => {
    const { files, output } = await run(suite, ['module-scope-leaves-']);
    expect(files['module-scope-leaves-a.fixture.ts']?.message).toContain('tried to mock the module');
    expect(files['module-scope-leaves-b.fixture.ts'], output).toMatchObject({ status: 'passed', message: '' });
  });

  test('is set back also where Node and Vitest would need what was replaced', { timeout: 60_000 }, async () => {
    const { files, output } = await run(suite, ['left-broken-']);
    expect(files['left-broken-a.fixture.ts']?.message, output).toContain(
      '\n  - events.EventEmitter.prototype.listenerCount was replaced\n',
    );
    expect(files['left-broken-b.fixture.ts'], output).toMatchObject({ status: 'passed', message: '' });
  });

  test('late, when another file runs, is told of the file that started it', { timeout: 60_000 }, async () => {
    const { files, output, exitCode } = await run(suite, ['late-timer-']);
    expect(files['late-timer-b.fixture.ts'], output).toMatchObject({ status: 'passed', message: '' });
    expect(output).toContain(
      `${folder}/late-timer-a.fixture.ts left behind a running setInterval of 5 ms, started at ${folder}/late-timer-a.fixture.ts:6:`,
    );
    expect(exitCode).toBe(1);
  });

  test('is not a choice of fixtures, in any order', { timeout: 60_000 }, async () => {
    const { files, exitCode, output } = await run(suite, ['override-']);
    expect(Object.keys(files)).toHaveLength(4);
    expect(exitCode, output).toBe(0);
  });
});

test('servers, processes, the zone and the folder are set back in integration', { timeout: 60_000 }, async () => {
  const { files, output } = await run('integration', ['left-by-integration-']);
  const at = `${folder}/left-by-integration-a.fixture.ts`;
  const told = files['left-by-integration-a.fixture.ts']?.message.replaceAll(/\(\d+\)|:\d{4,5},/g, '');
  for (const line of [
    'process.env.TZ is "Asia/Tokyo" (was ',
    "a listener of process.on('SIGUSR2')",
    'process.cwd() is ',
    'process.umask() is 63 (was ',
    'the default order of dns is ipv6first (was verbatim)',
    `a server that listens on 127.0.0.1 started at ${at}:`,
    `a running process, ${process.execPath} , started at ${at}:`,
  ]) {
    expect(told, output).toContain(`\n  - ${line}`);
  }
  expect(files['left-by-integration-b.fixture.ts'], output).toMatchObject({ status: 'passed', message: '' });
});

test('doubles of the network and of modules are refused in integration', { timeout: 60_000 }, async () => {
  await installLibrary('nock', NOCK);
  await installLibrary('rates', "exports.Rates = class Rates { static load() {} rate() { return 'real'; } };");
  const { files, output } = await run('integration', ['network-doubles']);
  const { tests, message } = files['network-doubles.fixture.ts'] ?? { tests: {}, message: output };
  expect(message).toBe('');
  for (const [name, { status, message: told }] of Object.entries(tests)) {
    const [, tried] = name.split(' → ');
    expect({ name, status }, told).toEqual({ name, status: tried === undefined ? 'passed' : 'failed' });
    if (tried === undefined) {
      continue;
    }
    expect(told).toContain(
      `The integration test "${name}" (${folder}/network-doubles.fixture.ts) tried to ${tried}\n    at `,
    );
    expect(told).toContain('a mocked module is not the real part');
  }
  expect(Object.keys(tests)).toHaveLength(22);
});

test('a double that is restored is nothing left, and one that is not is set back with all that it keeps', {
  timeout: 60_000,
}, async () => {
  await installLibrary('nock', IN_PLACE);
  const { files, output } = await run('unit', ['double-']);
  expect(files['double-a.fixture.ts'], output).toMatchObject({ status: 'passed', message: '' });
  expect(files['double-b.fixture.ts']?.message).toMatch(
    /next file in its worker would see:\n {2}- node:http\.get was replaced\nIt is/,
  );
  expect(files['double-c.fixture.ts'], output).toMatchObject({ status: 'passed', message: '' });
});

test('the file that follows one that left a double is told of it', { timeout: 60_000 }, async () => {
  await installLibrary('nock', REMEMBERS);
  const { files, output } = await run('unit', ['left-double-']);
  expect(files['left-double-a.fixture.ts']?.message, output).toContain('node:http.get was replaced');
  expect(files['left-double-b.fixture.ts']?.tests['uses the double']?.message, output).toMatch(
    /tried to connect to api\.test:80\n[\s\S]*An earlier file, \S+\/left-double-a\.fixture\.ts, left a double in place/,
  );
});
