import { describe, expect, test } from 'vitest';
import { errorOf } from './tell-error.ts';

describe('an error of the testkit’s own work', () => {
  test('says what was being done, the reason and the remedy', () => {
    const cause = new Error('no answer');
    const error = errorOf('Opening a database failed', cause, 'Start the server.');
    expect(error.message).toBe('Opening a database failed: no answer\nStart the server.');
    expect(error.cause).toBe(cause);
  });

  test('has the code of an error without a message', () => {
    const cause = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
    expect(errorOf('Connecting failed', cause, undefined).message).toBe('Connecting failed: ECONNREFUSED');
  });

  test('has what was thrown where that is not an error', () => {
    expect(errorOf('Connecting failed', 'a text', undefined).message).toBe('Connecting failed: a text');
  });
});
