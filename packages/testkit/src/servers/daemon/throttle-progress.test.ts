import { expect, test } from 'vitest';
import { throttleProgress } from './throttle-progress.ts';

test('tells the first text of each key at once, and later ones every five seconds', () => {
  const told: string[] = [];
  let now = 0;
  const tell = throttleProgress(
    (text) => told.push(text),
    () => now,
  );
  tell('one', 'a');
  tell('other', 'b');
  now = 4999;
  tell('two', 'a');
  now = 5000;
  tell('three', 'a');
  expect(told).toEqual(['one', 'other', 'three']);
});
