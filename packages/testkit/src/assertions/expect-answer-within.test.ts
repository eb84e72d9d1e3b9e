import { expect, test } from 'vitest';
import { expectAnswerWithin } from './expect-answer-within.ts';

test('what work comes to is passed on', async () => {
  expect(await expectAnswerWithin(1000, async () => 'answer')).toBe('answer');
  await expect(expectAnswerWithin(1000, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});

test('what hangs is told so', async () => {
  await expect(expectAnswerWithin(1, () => new Promise(() => {}))).rejects.toThrow(
    'No answer within 1 ms. Something waits without a time-out, or is tried again without end',
  );
});
