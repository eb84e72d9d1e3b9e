import { expect, test } from 'vitest';
import { shellWord } from './shell-word.ts';

test('words that a shell would take apart are quoted', () => {
  expect(shellWord('../shop')).toBe('../shop');
  expect(shellWord('/srv/my shop')).toBe("'/srv/my shop'");
  expect(shellWord("it's; rm -r *")).toBe("'it'\\''s; rm -r *'");
  expect(shellWord('')).toBe("''");
});
