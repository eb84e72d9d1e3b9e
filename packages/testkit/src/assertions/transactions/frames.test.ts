import { expect, test } from 'vitest';
import { Framer, Reader, withDefaults } from './frames.ts';
import { AnswerReader, hasNoEffect, StatementReader, type Step } from './step.ts';

function message(type: string, ...parts: (string | number[])[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const startup = message('', [0, 3, 0, 0], 'user\0ann\0options\0-c a=1\0\0');
const query = message('Q', 'select 1\0');

test('messages are cut where they end, wherever the network cut them', () => {
  const bytes = Buffer.concat([message('', [4, 210, 22, 47]), startup, query, query]);
  for (const size of [1, 7, bytes.length]) {
    const framer = new Framer('client');
    const frames = [];
    for (let at = 0; at < bytes.length; at += size) {
      frames.push(...framer.push(bytes.subarray(at, at + size)));
    }
    expect(frames.map(({ type }) => type)).toEqual(['', '', 'Q', 'Q']);
    expect(Buffer.concat(frames.map((frame) => frame.bytes))).toEqual(bytes);
  }
});

test('settings are put before those that the client asks for, which win', () => {
  const [frame] = new Framer('client').push(startup);
  if (!frame) {
    throw new Error('no frame');
  }
  const changed = withDefaults(frame, '-c b=2');
  expect(changed.readInt32BE(0)).toBe(changed.length);
  expect(changed.toString('latin1', 8)).toBe('user\0ann\0options\0-c b=2 -c a=1\0\0');
});

test('statements are read with their parameters, prepared ones by their name', () => {
  const statements = new StatementReader();
  const read = (...messages: Buffer[]) => statements.read(new Framer('server').push(Buffer.concat(messages)));
  const parse = message('P', 'one\0select $1, $2\0', [0, 0]);
  const bind = message('B', '\0one\0', [0, 0, 0, 2, 0, 0, 0, 1], 'x', [255, 255, 255, 255, 0, 0]);
  const expected = { sql: 'select $1, $2', parameters: ['x', null] };
  expect(read(query)).toEqual({ sql: 'select 1', parameters: [] });
  expect(read(parse, bind, message('S'))).toEqual(expected);
  expect(read(bind, message('S'))).toEqual(expected);
});

test('answers are read: rows, no row, errors, and the end', () => {
  const read = (...messages: Buffer[]) => {
    const step = { answer: '', error: undefined } as Step;
    const answer = new AnswerReader();
    const ends = new Framer('server').push(Buffer.concat(messages)).map((frame) => answer.read(frame, step));
    return { ...step, ends };
  };
  const row = message('D', [0, 2, 0, 0, 0, 1], '7', [255, 255, 255, 255]);
  const end = message('Z', 'I');
  expect(read(row, message('C', 'SELECT 1\0'), end)).toMatchObject({ answer: '7, null', ends: [false, false, true] });
  expect(read(...new Array(5).fill(row), message('C', 'SELECT 5\0')).answer).toBe(
    '7, null | 7, null | 7, null | … 5 rows',
  );
  expect(read(message('C', 'UPDATE 0\0')).answer).toBe('no row');
  expect(read(message('C', 'UPDATE 1\0')).answer).toBe('');
  expect(read(message('E', 'SERROR\0C40001\0Mtoo late\0\0')).error).toEqual({ code: '40001', message: 'too late' });
});

test.each([
  ['BEGIN', true],
  ['start transaction isolation level serializable;', true],
  ['savepoint a', true],
  ['set local statement_timeout = 1', true],
  ['set constraints all immediate', false],
  ['begin; update a set b = 1', false],
  ['commit', false],
  ['select 1', false],
])('%s has no effect on others: %s', (sql, expected) => {
  expect(hasNoEffect({ sql, parameters: [] })).toBe(expected);
});

test('a value of a message is read by its length', () => {
  const reader = new Reader(Buffer.from([0, 5, 0, 0, 0, 1, 65]));
  expect([reader.int16(), reader.value(), reader.isAtEnd]).toEqual([5, 'A', true]);
});
