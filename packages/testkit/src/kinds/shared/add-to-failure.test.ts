import { expect, test } from 'vitest';
import { newEvidence } from '../../evidence/fixture-evidence.ts';
import { addToFailure } from './add-to-failure.ts';

test('a string is added to the message and to the stack that reporters print', () => {
  const error = { message: 'expected $& to be 1', stack: 'Error: expected $& to be 1\n    at file.ts:1:2' };
  addToFailure(
    { failed: true, errors: [{ message: 'first' }, error], evidence: newEvidence('postgres') },
    'Look at $1.',
  );
  expect(error).toEqual({
    message: 'expected $& to be 1\n\nLook at $1.',
    stack: 'Error: expected $& to be 1\n\nLook at $1.\n    at file.ts:1:2',
  });
});
