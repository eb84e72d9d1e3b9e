import { expect, test } from 'vitest';
import { loginOf, scramVerifier } from './login.ts';

test('the verifier is the one that RFC 7677 gives for its example', () => {
  expect(scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('the password differs from session to session, and follows from it', () => {
  const url = 'postgres://postgres:secret@127.0.0.1/postgres';
  expect(loginOf(url, 'a').password).toBe(loginOf(url, 'a').password);
  expect(loginOf(url, 'a').password).not.toBe(loginOf(url, 'b').password);
});
