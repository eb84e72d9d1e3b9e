import { describe, expect, test } from 'vitest';
import { notesWorkspace } from './notes-workspace.ts';

/** A production module: what it sets for the whole process while it is loaded, it sets once. */
const settings = `import dns from 'node:dns';
import { EventEmitter } from 'node:events';
import http from 'node:http';
import tls from 'node:tls';

dns.setDefaultResultOrder('ipv4first');
EventEmitter.defaultMaxListeners = 50;
tls.DEFAULT_MIN_VERSION = 'TLSv1.3';
http.globalAgent.maxSockets = 20;
process.env.NOTES_LEVEL ??= 'silent';
globalThis.ofModule = 'module';
`;

const uses = `import dns from 'node:dns';
import { EventEmitter } from 'node:events';
import http from 'node:http';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import '$/settings.ts';

test('the settings of the module are there', async () => {
  await import('$/later.ts');
  expect([dns.getDefaultResultOrder(), EventEmitter.defaultMaxListeners]).toEqual(['ipv4first', 50]);
  expect([tls.DEFAULT_MIN_VERSION, http.globalAgent.maxSockets]).toEqual(['TLSv1.3', 20]);
  expect([process.env.NOTES_LEVEL, process.env.NOTES_LATER]).toEqual(['silent', 'later']);
  expect([globalThis.ofModule, globalThis.ofTest]).toEqual(['module', undefined]);
});
`;

const leaves = `import { EventEmitter } from 'node:events';
import http from 'node:http';
import tls from 'node:tls';
import { test } from 'vitest';
import '$/settings.ts';
import { level } from '$/level.ts';

EventEmitter.defaultMaxListeners = 60;
process.env.NOTES_OF_TEST = 'test';
globalThis.ofTest = { rate: 1 };
level('loud');

test('sets more', async () => {
  http.globalAgent.options.keepAlive = false;
  http.globalAgent.maxTotalSockets = 2;
  tls.DEFAULT_MAX_VERSION = 'TLSv1.2';
  await import('$/later.ts');
});
`;

describe.each(['unit', 'integration'] as const)('in the %s suite', (suite) => {
  test('what a module sets when it is loaded stays, and what a test file sets is left', async () => {
    const { write, run } = await notesWorkspace();
    const folder = `packages/notes/${suite === 'unit' ? 'src' : 'integration'}`;
    const source = suite === 'unit' ? '.' : '../src';
    const from = (text: string): string => text.replaceAll("'$/", `'${source}/`);
    await write({
      'packages/notes/src/settings.ts': settings,
      'packages/notes/src/later.ts': "process.env.NOTES_LATER = 'later';\n",
      'packages/notes/src/level.ts':
        'export function level(value: string): void {\n  process.env.NOTES_LEVEL = value;\n}\n',
      [`${folder}/first.test.ts`]: from(uses),
      [`${folder}/leaves.test.ts`]: from(leaves),
      [`${folder}/second.test.ts`]: from(uses),
    });
    const files = await run(suite, ...['first', 'leaves', 'second'].map((name) => `${folder}/${name}.test.ts`));
    expect([files[0], files[2]]).toMatchObject([
      { status: 'passed', message: '' },
      { status: 'passed', message: '' },
    ]);
    const told = files[1]?.message.split('\n').filter((line) => line.startsWith('  - '));
    expect(told?.sort()).toEqual([
      '  - EventEmitter.defaultMaxListeners is 60 (was 50)',
      '  - globalThis.ofTest was added',
      '  - http.globalAgent.maxTotalSockets is 2 (was Infinity)',
      '  - http.globalAgent.options.keepAlive is false (was true)',
      '  - process.env.NOTES_LEVEL is "loud" (was "silent")',
      '  - process.env.NOTES_OF_TEST is "test" (was unset)',
      '  - tls.DEFAULT_MAX_VERSION is TLSv1.2 (was TLSv1.3)',
    ]);
  });
});
