import { expect, test } from 'vitest';
import { wantsColours, withColours } from './colours.ts';

test.each<[environment: NodeJS.ProcessEnv, isTerminal: boolean, colours: boolean]>([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [{ FORCE_COLOR: 'true' }, false, false],
  [{ FORCE_COLOR: '2' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
])('%j, a terminal: %j → colours: %j', (environment, isTerminal, colours) => {
  expect(wantsColours(environment, isTerminal)).toBe(colours);
});

test('of the two variables one is handed on', () => {
  expect(withColours({ A: 'a', NO_COLOR: '1', FORCE_COLOR: 'true' }, false)).toEqual({ A: 'a', NO_COLOR: '1' });
  expect(withColours({ A: 'a' }, true)).toEqual({ A: 'a', FORCE_COLOR: '1' });
  expect(withColours({ FORCE_COLOR: '3' }, true)).toEqual({ FORCE_COLOR: '3' });
});
