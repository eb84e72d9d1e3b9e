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

describe('what is there keeps its text, and what is added has its layout:', () => {
  const add = (file: JsonFile) => {
    file.addEntry(['dependencies'], 'm', '1.0.0');
    file.addEntry([], 'p', { q: { r: ['s', 1] } });
  };

  test.each([
    [
      'tabs',
      '{\n\t"name": "a",\n\t"dependencies": {\n\t\t"a": "1"\n\t}\n}\n',
      '{\n\t"name": "a",\n\t"dependencies": {\n\t\t"a": "1",\n\t\t"m": "1.0.0"\n\t},\n\t"p": {\n\t\t"q": {\n\t\t\t"r": ["s", 1]\n\t\t}\n\t}\n}\n',
    ],
    [
      'four spaces, no line end at the end',
      '{\n    "dependencies": {}\n}',
      '{\n    "dependencies": {\n        "m": "1.0.0"\n    },\n    "p": {\n        "q": {\n            "r": ["s", 1]\n        }\n    }\n}',
    ],
    [
      'one space and CRLF',
      '{\r\n "dependencies": {\r\n  "z": "1"\r\n }\r\n}\r\n',
      '{\r\n "dependencies": {\r\n  "m": "1.0.0",\r\n  "z": "1"\r\n },\r\n "p": {\r\n  "q": {\r\n   "r": ["s", 1]\r\n  }\r\n }\r\n}\r\n',
    ],
    [
      'comments, a comma behind the last member, an object in one line',
      '{\n  // why\n  "dependencies": { "a": "1" }, // as it was\n  "b": [ 1,2 ], /* odd */\n}\n',
      '{\n  // why\n  "dependencies": { "a": "1", "m": "1.0.0" }, // as it was\n  "b": [ 1,2 ], /* odd */\n  "p": {\n    "q": {\n      "r": ["s", 1]\n    }\n  },\n}\n',
    ],
    [
      'a comment on the last line, with no comma before it',
      '{\n  "b": 1, // b\n  "dependencies": {\n    "a": "1" // a\n  } // d\n}\n',
      '{\n  "b": 1, // b\n  "dependencies": {\n    "a": "1", // a\n    "m": "1.0.0"\n  }, // d\n  "p": {\n    "q": {\n      "r": ["s", 1]\n    }\n  }\n}\n',
    ],
    [
      'one line',
      '{"dependencies": {"a": "1"}}',
      '{"dependencies": {"a": "1", "m": "1.0.0"}, "p": { "q": { "r": ["s", 1] } }}',
    ],
    ['an empty file', '{}', '{"dependencies": { "m": "1.0.0" }, "p": { "q": { "r": ["s", 1] } }}'],
  ])('%s', (_layout, text, expected) => {
    const edited = edit(text, add);
    expect(edited).toBe(expected);
    expect(edit(edited, add)).toBe(edited);
  });

  test('objects on the way that are missing are made, and others are not replaced', () => {
    const make = (file: JsonFile) => file.addEntry(['a', 'b', 'c'], 'd', true);
    expect(edit('{\n\t"a": {\n\t\t"x": 1\n\t}\n}\n', make)).toBe(
      '{\n\t"a": {\n\t\t"x": 1,\n\t\t"b": {\n\t\t\t"c": {\n\t\t\t\t"d": true\n\t\t\t}\n\t\t}\n\t}\n}\n',
    );
    expect(() => edit('{"a": {"b": 3}}', make)).toThrow('package.json has no object a.b');
  });
});

describe('an item is added to an array', () => {
  const add = (file: JsonFile) => file.addItem(['fields'], 'b');
  test.each([
    ['{ "fields": ["a"] }', ['a', 'b']],
    ['{ "fields": [] }', ['b']],
    ['{ "fields": ["b"] }', ['b']],
    ['{\n\t"fields": [\n\t\t"a"\n\t]\n}', ['a', 'b']],
  ])('%s', (text, fields) => {
    expect(JSON.parse(edit(text, add))).toEqual({ fields });
  });

  test('not where there is none', () => {
    expect(() => edit('{}', add)).toThrow('package.json has no array fields, to which this was to be added:\n  "b"');
  });
});
