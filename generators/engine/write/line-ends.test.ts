import { describe, expect, test } from 'vitest';
import { hashOf } from '../make/content-hash.ts';
import { hasCrlf, withLf, withLineEndsOf } from './line-ends.ts';

const bytes = (text: string) => Buffer.from(text);

describe('a file that was checked out with CRLF', () => {
  test.each(['a\r\n', 'a\r\nb', 'ä\r\n\r\n✓\r\n'])('%j is read with LF, and gets its line ends back', (text) => {
    const lf = withLf(bytes(text));
    expect(lf.toString()).toBe(text.replaceAll('\r\n', '\n'));
    expect(withLineEndsOf(bytes(text), lf).toString()).toBe(text);
  });

  test('has the hash that it has with LF', () => {
    expect(hashOf('a\r\nb\r\n')).toBe(hashOf('a\nb\n'));
    expect(hashOf(bytes('a\r\nb\r\n'))).toBe(hashOf('a\nb\n'));
  });
});

test.each(['', 'a', 'a\n', 'a\r\nb\n', '\na\r\n', 'a\r', 'a\r\n\0'])('%j keeps its bytes', (text) => {
  expect(hasCrlf(bytes(text))).toBe(false);
  expect(withLf(bytes(text)).toString()).toBe(text);
  expect(withLineEndsOf(bytes(text), bytes('b\n')).toString()).toBe('b\n');
});

test('two binary files that differ in a line end have two hashes', () => {
  expect(hashOf(bytes('\0\r\n'))).not.toBe(hashOf(bytes('\0\n')));
});
