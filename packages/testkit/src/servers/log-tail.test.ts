import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { LogTail } from './log-tail.ts';

const never = new AbortController().signal;

test('remembers the last two hundred lines', async () => {
  const stream = new PassThrough();
  const log = new LogTail(stream);
  for (let line = 1; line <= 300; line++) {
    stream.write(`line ${line}\n`);
  }
  await log.waitFor(/^line 300$/, never);
  expect(log.last().split('\n')).toHaveLength(200);
  expect(log.last(2)).toBe('line 299\nline 300');
});

test('waits for a line, also one in parts or one that came before', async () => {
  const stream = new PassThrough();
  const log = new LogTail(stream);
  const ready = log.waitFor(/is ready/, never);
  stream.write('the server is re');
  stream.write('ady\n');
  await ready;
  await log.waitFor(/is ready/, never);
  expect(log.last()).toBe('the server is ready');
});

test('gives up with the reason when it is told to', async () => {
  const log = new LogTail(new PassThrough());
  const controller = new AbortController();
  const waiting = log.waitFor(/never/, controller.signal);
  controller.abort(new Error('it ended'));
  await expect(waiting).rejects.toThrow('it ended');
  await expect(log.waitFor(/never/, controller.signal)).rejects.toThrow('it ended');
});
