import { expect, test } from 'vitest';
import { applied } from './mutant.ts';
import { stubMutants } from './stubs.ts';

function mutantsOf(text: string): readonly string[] {
  return stubMutants({ path: 'integration/stubs/a/b.json', text }).map((mutant) => applied(text, mutant));
}

test('an upstream answers with failure, with another value, or without a field', () => {
  const stub = (status: number, body: string) =>
    `{ "request": { "url": "/" }, "response": { "status": ${status}, "jsonBody": ${body} } }`;
  expect(mutantsOf(stub(200, '{ "a": ["x", 1], "b": { "c": true } }'))).toEqual([
    stub(500, '{ "a": ["x", 1], "b": { "c": true } }'),
    stub(200, '{ "a": ["xx", 1], "b": { "c": true } }'),
    stub(200, '{ "a": ["x", 2], "b": { "c": true } }'),
    stub(200, '{ "a": ["x", 1], "b": { "c": false } }'),
    stub(200, '{ "a": ["x", 1], "b": { "leftOut": true } }'),
  ]);
});

test('what WireMock makes of the request, and what is no stub, is left as it is', () => {
  expect(mutantsOf('{ "response": { "jsonBody": { "id": "{{randomValue}}" } } }')).toHaveLength(1);
  expect(mutantsOf('[1]')).toEqual([]);
});
