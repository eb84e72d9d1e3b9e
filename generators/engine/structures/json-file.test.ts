import { describe, expect, test } from 'vitest';
import { JsonFile } from './json-file.ts';

function edit(text: string, change: (file: JsonFile) => void): string {
  const file = new JsonFile('package.json', text);
  change(file);
  return file.text;
}

describe('an entry is added in the order of the keys', () => {
  const add = (file: JsonFile) => file.addEntry(['dependencies'], 'm', '1.0.0');
  test.each([
    ['{\n  "dependencies": {\n    "a": "1",\n    "z": "1"\n  }\n}\n', '"a": "1",\n    "m": "1.0.0",\n    "z": "1"\n'],
    [
      '{\n  // why\n  "dependencies": {\n    "z": "1" // z\n  }\n}\n',
      '// why\n  "dependencies": {\n    "m": "1.0.0",\n',
    ],
    ['{\n  "name": "a"\n}\n', '"name": "a",\n  "dependencies": {\n    "m": "1.0.0"\n  }\n}\n'],
  ])('%j', (text, part) => {
    expect(edit(text, add)).toContain(part);
  });

  test('of any value, and not twice', () => {
    const once = edit('{ "nx": {} }', (file) => file.addEntry(['nx'], 'targets', { unit: {} }));
    expect(JSON.parse(once)).toEqual({ nx: { targets: { unit: {} } } });
    expect(edit(once, (file) => file.addEntry(['nx'], 'targets', { unit: {} }))).toBe(once);
  });

  test('not twice', () => {
    const text = '{ "dependencies": {"m":"1.0.0"} }';
    expect(edit(text, add)).toBe(text);
  });

  test.each([
    ['{"dependencies": {"m": "2.0.0"}}', 'package.json has dependencies.m already:\n  "2.0.0"'],
    [
      '{"dependencies": []}',
      'package.json has no object dependencies, to which this was to be added:\n  {"m":"1.0.0"}',
    ],
    ['[]', 'package.json has no JSON object'],
  ])('not to %s', (text, sentence) => {
    expect(() => edit(text, add)).toThrow(sentence);
  });
});

describe('an item is added to an array', () => {
  const add = (file: JsonFile) => file.addItem(['fields'], 'b');
  test.each([
    ['{ "fields": ["a"] }', ['a', 'b']],
    ['{ "fields": [] }', ['b']],
    ['{ "fields": ["b"] }', ['b']],
  ])('%s', (text, fields) => {
    expect(JSON.parse(edit(text, add))).toEqual({ fields });
  });

  test('not where there is none', () => {
    expect(() => edit('{}', add)).toThrow('package.json has no array fields, to which this was to be added:\n  "b"');
  });
});
