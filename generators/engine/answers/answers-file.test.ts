import { describe, expect, test } from 'vitest';
import { defineGenerator } from '../generator.ts';
import { parseAnswersFile } from './answers-file.ts';
import { integer, list, text } from './options.ts';

const generator = defineGenerator({
  name: 'service',
  description: 'A service',
  options: {
    name: text({ description: 'Name' }),
    poolSize: integer({ description: 'Pool', minimum: 1, maximum: 9 }),
    upstream: list({ description: 'Upstream' }),
  },
  model: () => ({ folder: 'x', layers: [] }),
  nextSteps: () => [],
});

describe('an answers file', () => {
  const parse = (content: string) => parseAnswersFile(content, 'answers.json', generator);

  test('gives values by the names of the options', () => {
    expect(parse('{"name": "orders", "poolSize": 3, "upstream": ["a"]}')).toEqual(
      new Map<string, unknown>([
        ['name', 'orders'],
        ['poolSize', 3],
        ['upstream', ['a']],
      ]),
    );
  });

  test.each([
    ['{', /^answers\.json is not JSON: /],
    ['[]', /must hold one JSON object/],
    ['null', /must hold one JSON object/],
    ['"x"', /must hold one JSON object/],
    ['{"nme": 1}', /^"nme" in answers\.json is not an option of service; did you mean name\?/],
    ['{"__proto__": {"name": "x"}}', /^"__proto__" in answers\.json is not an option/],
    ['{"constructor": 1}', /^"constructor" in answers\.json is not an option/],
    ['{"name": "a",\n "name": "a"}', /^answers\.json has "name" twice, again in line 2$/],
    ['{"name": [{"a": 1,\n\n"\\u0061": 2}]}', /^answers\.json has "a" twice, again in line 3$/],
  ])('%s is refused', (content, sentence) => {
    expect(() => parse(content)).toThrow(sentence);
  });
});
