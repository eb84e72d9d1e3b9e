import { describe, expect, test } from 'vitest';
import { callerOf, readCaller } from './caller.ts';

const root = '/home/me/shop';
const node = '    at Object.connect (node:net:261:17)';
const library = '    at Client.connect (/home/me/shop/node_modules/pg/lib/client.js:40:9)';
const own = '    at async load (/home/me/shop/packages/pricing/src/rates.ts:12:5)';
const test1 = '    at /home/me/shop/packages/pricing/src/rates.test.ts:3:1';
const vitest = '    at file:///home/me/shop/node_modules/vitest/dist/chunks/run.js:1:1';

describe('where a call came from', () => {
  test.each([
    ['own code', [node, own, test1], 'packages/pricing/src/rates.ts:12:5'],
    ['own code behind a library', [node, library, own], 'packages/pricing/src/rates.ts:12:5'],
    ['a test without parentheses', [node, test1], 'packages/pricing/src/rates.test.ts:3:1'],
    ['a library alone', [node, library], 'node_modules/pg/lib/client.js:40:9'],
    ['an evaluated script', ['    at evalmachine.<anonymous>:1:5', own], 'packages/pricing/src/rates.ts:12:5'],
    ['Node alone', [node], undefined],
    ['nothing', [], undefined],
  ])('%s', (_name, lines, frame) => {
    expect(readCaller(lines.join('\n'), undefined, root).frame).toBe(frame);
  });

  test('an earlier call, when the stack has only libraries', () => {
    expect(readCaller([node, library].join('\n'), own, root)).toMatchObject({
      frame: 'packages/pricing/src/rates.ts:12:5',
      isLibrary: true,
    });
  });

  test('Vitest itself', () => {
    expect(readCaller([node, vitest].join('\n'), undefined, root).isVitest).toBe(true);
    expect(readCaller([node, test1, vitest].join('\n'), undefined, root).isVitest).toBe(false);
  });

  test('this line', () => {
    const entry = (): string | undefined => callerOf(entry).frame;
    expect(entry()).toMatch(/^packages\/guards\/src\/blame\/caller\.test\.ts:\d+:\d+$/);
  });
});
