import { expect, test } from 'vitest';
import { boundMutants } from './bounds.ts';
import { applied } from './mutant.ts';

function mutantsOf(text: string): readonly string[] {
  return boundMutants({ path: 'src/a.ts', text }).map((mutant) => applied(text, mutant));
}

test.each([
  ['new Pool({ statement_timeout: 5000, port: 1 });', 'new Pool({  port: 1 });'],
  ['new Pool({ port: 1, max: size });', 'new Pool({ port: 1,  });'],
  ['const firstDelayMs = 10;', 'const firstDelayMs = 10000;'],
  ['fetch(url, { signal: AbortSignal.timeout(ms) });', 'fetch(url, {  });'],
  ['fetch(url, { signal: AbortSignal.timeout(ms) });', 'fetch(url, { signal: AbortSignal.timeout(2_000_000_000) });'],
  ["pool.on('error', () => undefined);", ''],
])('of %s comes %s', (line, mutant) => {
  expect(mutantsOf(line)).toContain(mutant);
});

test('what bounds nothing is left as it is', () => {
  expect(mutantsOf("const port = 3000; const name = { first: 'a' }; list.map(on);")).toEqual([]);
});
