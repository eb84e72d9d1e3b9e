import { expect, test } from 'vitest';
import { instrument } from './code.ts';
import { applied } from './mutant.ts';

const path = 'src/least.ts';
const text = `export function least(a: number, b: number, c: boolean): number {
  return c && a < b ? a : b;
}
`;

test('mutants are made of code, each where it says', async () => {
  const { mutants } = await instrument([{ path, text }]);
  const lines = mutants.map((mutant) => applied(text, mutant).split('\n')[1]?.trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'return (c || a < b) ? a : b;',
      'return c && (a <= b) ? a : b;',
      'return (false) ? a : b;',
    ]),
  );
  expect(new Set(mutants.map(({ kind, path: file }) => `${kind} ${file}`))).toEqual(new Set([`code ${path}`]));
});

test('the code that tells what is reached has a switch at the place of each', async () => {
  const { mutants, switches, texts } = await instrument([{ path, text }]);
  expect(switches.map(({ start, end }) => [start, end])).toEqual(mutants.map(({ start, end }) => [start, end]));
  for (const { id } of switches) {
    expect(texts.get(path)).toContain(`stryMutAct_9fa48("${id}")`);
  }
});
