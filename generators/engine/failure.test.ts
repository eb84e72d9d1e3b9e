import { expect, test } from 'vitest';
import { EXIT, EXIT_MEANINGS, refusalOfTheSystem } from './failure.ts';

test('every exit code has a meaning, in the order of the codes', () => {
  expect(Object.keys(EXIT_MEANINGS)).toEqual(Object.keys(EXIT));
  expect(Object.values(EXIT)).toEqual(Object.values(EXIT).toSorted((left, right) => left - right));
});

test.each([
  ['ENOSPC', 'write', 'Free some space'],
  ['EROFS', 'mkdir', 'read-only'],
  ['EACCES', 'open', 'permissions'],
  ['EDQUOT', 'write', 'quota'],
])('%s is a sentence with a remedy, not a stack', (code, syscall, remedy) => {
  const error = Object.assign(new Error(`${code}: no, ${syscall} '/tmp/x'`), { code, syscall });
  expect(refusalOfTheSystem(error)).toMatchObject({
    exitCode: EXIT.failed,
    message: `Nothing was written, because the system refused: ${code}: no, ${syscall} '/tmp/x'`,
    remedy: expect.stringContaining(remedy),
  });
});

test('a mistake in the code is none of these', () => {
  expect(refusalOfTheSystem(new TypeError('x is undefined'))).toBeUndefined();
  expect(
    refusalOfTheSystem(Object.assign(new Error('ENOENT: x'), { code: 'ENOENT', syscall: 'open' })),
  ).toBeUndefined();
});
