import fc from 'fast-check';
import type { TypeValues } from './type-values.ts';

/** In the third line keys that have a meaning in JavaScript, in the last numbers that it cannot have. */
const EDGES = [
  '{}',
  '[]',
  'null',
  'true',
  '0',
  '""',
  '"a"',
  '{"a":null}',
  '[null]',
  '{"a":[]}',
  '{"a":{"b":[1,{"c":false}]}}',
  '{"":1}',
  '{"a.b":1}',
  '{"a":"😀"}',
  '{"a":"\\"\\\\\'"}',
  '{"A":1,"a":2}',
  '{"a":-1.5}',
  '{"a":"2024-03-10"}',
  '{"__proto__":"a"}',
  '{"constructor":{"prototype":"a"}}',
  '{"a":9007199254740993}',
  '{"a":0.12345678901234567891}',
  '{"a":123456789012345678901234567890}',
];

export function documentValues(): TypeValues {
  return { edges: EDGES, random: fc.json({ maxDepth: 2 }) };
}
