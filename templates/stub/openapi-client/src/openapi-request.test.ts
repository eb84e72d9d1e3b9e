import { describe, expect, test } from 'vitest';
import { bodyOf, headersOf, urlOf } from './openapi-request.ts';

const parameter = (place: string, style: string, explode: boolean, json = false) => [
  { name: 'id', in: place, style, explode, json },
];
const list = ['a', 'b c'];
const object = { x: 1, y: 'z' };

describe('a parameter in the path', () => {
  test.each([
    ['simple', false, 'a/b', '/p/a%2Fb'],
    ['simple', false, list, '/p/a,b%20c'],
    ['simple', false, object, '/p/x,1,y,z'],
    ['simple', true, object, '/p/x=1,y=z'],
    ['label', false, 5, '/p/.5'],
    ['label', true, list, '/p/.a.b%20c'],
    ['matrix', false, list, '/p/;id=a,b%20c'],
    ['matrix', true, list, '/p/;id=a;id=b%20c'],
    ['matrix', true, object, '/p/;x=1;y=z'],
  ] as const)('%s, exploded: %s, %j', (style, explode, value, expected) => {
    expect(urlOf('/p/{id}', parameter('path', style, explode), { path: { id: value } })).toBe(expected);
  });

  test.each(['', '.', '..'])('cannot be %j', (id) => {
    expect(() => urlOf('/p/{id}', parameter('path', 'simple', false), { path: { id } })).toThrow(
      'cannot be id in a path',
    );
  });
});

describe('a parameter in the query', () => {
  test.each([
    ['form', true, list, '/p?id=a&id=b%20c'],
    ['form', false, list, '/p?id=a%2Cb%20c'],
    ['form', true, object, '/p?x=1&y=z'],
    ['form', false, object, '/p?id=x%2C1%2Cy%2Cz'],
    ['pipeDelimited', false, list, '/p?id=a%7Cb%20c'],
    ['spaceDelimited', false, list, '/p?id=a%20b%20c'],
    ['deepObject', true, object, '/p?id%5Bx%5D=1&id%5By%5D=z'],
    ['form', true, undefined, '/p'],
  ] as const)('%s, exploded: %s, %j', (style, explode, value, expected) => {
    expect(urlOf('/p#only', parameter('query', style, explode), { query: { id: value } })).toBe(expected);
  });

  test('as JSON', () => {
    expect(urlOf('/p', parameter('query', 'form', true, true), { query: { id: [1] } })).toBe('/p?id=%5B1%5D');
  });
});

test('headers and cookies', () => {
  const parameters = [...parameter('header', 'simple', false), ...parameter('cookie', 'form', true)];
  expect(headersOf(parameters, { header: { id: list }, cookie: { id: 'a;b' } })).toEqual({
    id: 'a,b c',
    cookie: 'id=a%3Bb',
  });
  expect(headersOf(parameters, {})).toEqual({});
});

test.each([
  ['application/json', { a: 1 }, '{"a":1}'],
  ['application/problem+json', [1], '[1]'],
  ['text/plain', 'a', 'a'],
  ['application/x-www-form-urlencoded', { a: [1, 2], b: 'c d' }, 'a=1&a=2&b=c+d'],
])('a body of %s', (type, body, expected) => {
  expect(String(bodyOf(type, body))).toBe(expected);
});

test('a body of a form in parts', () => {
  expect([...(bodyOf('multipart/form-data', { a: 1, b: { c: 2 } }) as FormData)]).toEqual([
    ['a', '1'],
    ['b', '{"c":2}'],
  ]);
});
