import { expect, test } from 'vitest';
import { parse } from './load-mappings.ts';

test('a mapping file that is not JSON is told by its line', () => {
  expect(() => parse('{\n  "request": {},\n  "response": }\n', 'stubs/a.json')).toThrow(
    /^stubs\/a\.json:3:15: this mapping file is not JSON: /,
  );
  expect(() => parse('{\n  "request": {', 'stubs/a.json')).toThrow(
    /^stubs\/a\.json:2:15: this mapping file is not JSON: /,
  );
  expect(() => parse('', 'stubs/a.json')).toThrow(/^stubs\/a\.json:1:1: this mapping file is not JSON: /);
});

test('a byte order mark is not a mistake', () => {
  expect(parse('\uFEFF{"a":1}', 'stubs/a.json')).toEqual({ a: 1 });
});
