import { expect, test } from 'vitest';
import { EXIT, Failure } from '../failure.ts';
import { decodeText } from './text-file.ts';

test.each([
  ['', { mark: '', text: '' }],
  ['ä\n', { mark: '', text: 'ä\n' }],
  ['\uFEFF{}', { mark: '\uFEFF', text: '{}' }],
  ['\uFEFF\uFEFF{}', { mark: '\uFEFF', text: '\uFEFF{}' }],
])('%j', (text, expected) => {
  expect(decodeText('a.json', Buffer.from(text))).toEqual(expected);
});

test.each([
  ['UTF-16, as its byte order mark says', Buffer.from('\uFEFF{}', 'utf16le')],
  ['UTF-16, as its byte order mark says', Buffer.from('\uFEFF{}', 'utf16le').swap16()],
  ['not UTF-8', Buffer.from('ä', 'latin1')],
])('%s is named', (what, bytes) => {
  expect(() => decodeText('a.json', bytes)).toThrow(
    new Failure(EXIT.conflict, `a.json is ${what}`, 'Save it as UTF-8, then run the command again.'),
  );
});
