import { expect, test } from 'vitest';
import { explainError } from './explain-error.ts';

const error = (code: string, cause?: Error) => Object.assign(new Error('failed', { cause }), { code });

test('what lies outside of the code under test is explained, also as a cause', async () => {
  expect(await explainError(error('ER_CON_COUNT_ERROR'))).toContain('The MariaDB server has no connection left.');
  expect(await explainError(error('OTHER', error('ER_RECORD_FILE_FULL')))).toContain(
    'The disk of the MariaDB server is full.',
  );
});

test("an error of the code's own is not", async () => {
  expect(await explainError(error('ER_DUP_ENTRY'))).toBeUndefined();
  expect(await explainError('a text')).toBeUndefined();
  expect(await explainError(undefined)).toBeUndefined();
});
