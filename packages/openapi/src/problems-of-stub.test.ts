import { describe, expect, test } from 'vitest';
import { describeDocument } from './description.ts';
import { readDocument } from './document.ts';
import { problemsOfStub } from './problems-of-stub.ts';
import type { StubMapping } from './stub-mapping.ts';
import { Validation } from './validation.ts';

const text = `openapi: 3.1.0
info: { title: Orders, version: "1" }
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    put:
      operationId: putOrder
      parameters:
        - { name: dry, in: query, schema: { type: boolean } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
      responses:
        '200':
          description: the order
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
        '404': { description: none }
components:
  schemas:
    Order:
      type: object
      required: [state]
      additionalProperties: false
      properties:
        state: { type: string, enum: [open, closed] }
        amount: { type: integer, maximum: 100 }
        code: { type: string, pattern: '^[A-Z]+$' }
        day: { type: string, format: date }
`;

const order = { state: 'closed', amount: 50, code: 'AB', day: '2026-01-31' };
const stub: StubMapping = {
  request: { method: 'PUT', urlPathPattern: '/orders/[^/]+' },
  response: { status: 200, headers: { 'content-type': 'application/json' }, jsonBody: order },
  metadata: {
    operation: 'PUT /orders/{id}',
    input: { path: { id: '1' }, body: { state: 'open' } },
    contentType: 'application/json',
  },
};

async function problems(document: string, mapping: StubMapping = stub): Promise<readonly string[]> {
  const described = describeDocument(await readDocument(document, 'orders.yaml'));
  return problemsOfStub(described, new Validation(described), mapping);
}

test('a stub that fits has no problems', async () => {
  expect(await problems(text)).toEqual([]);
});

describe('when the document drifts, the stub has problems, with the place', () => {
  test.each([
    [
      'a required field added',
      'required: [state]',
      'required: [state, owner]',
      "response.jsonBody must have required property 'owner'",
      '#/components/schemas/Order/required',
    ],
    [
      'a type changed',
      'amount: { type: integer',
      'amount: { type: string',
      'response.jsonBody/amount must be string',
      '#/components/schemas/Order/properties/amount/type',
    ],
    [
      'an enum narrowed',
      'enum: [open, closed]',
      'enum: [open]',
      'response.jsonBody/state must be equal to one of the allowed values',
      '#/components/schemas/Order/properties/state/enum',
    ],
    [
      'a path renamed',
      '/orders/{id}:',
      '/purchases/{id}:',
      'the document has no operation PUT /orders/{id}',
      '#/paths',
    ],
    ['a method changed', '    put:', '    post:', 'the document has no operation PUT /orders/{id}', '#/paths'],
    [
      'a status removed',
      "'200':",
      "'201':",
      'response.status 200 is not among the answers of PUT /orders/{id}: 201, 404',
      '#/paths/~1orders~1{id}/put/responses',
    ],
    [
      'a parameter made required',
      '{ name: dry, in: query,',
      '{ name: dry, in: query, required: true,',
      "metadata.input must have required property 'query'",
      '#/paths/~1orders~1{id}/put',
    ],
    [
      'a field removed',
      '        day: { type: string, format: date }\n',
      '',
      'response.jsonBody must NOT have additional properties [day]',
      '#/components/schemas/Order/additionalProperties',
    ],
    [
      'a format changed',
      'format: date',
      'format: date-time',
      'response.jsonBody/day must match format "date-time"',
      '#/components/schemas/Order/properties/day/format',
    ],
    [
      'a pattern changed',
      "'^[A-Z]+$'",
      "'^[0-9]+$'",
      'response.jsonBody/code must match pattern "^[0-9]+$"',
      '#/components/schemas/Order/properties/code/pattern',
    ],
    [
      'a bound lowered',
      'maximum: 100',
      'maximum: 10',
      'response.jsonBody/amount must be <= 10',
      '#/components/schemas/Order/properties/amount/maximum',
    ],
    [
      'the content type of the answer changed',
      'order\n          content:\n            application/json:',
      'order\n          content:\n            application/xml:',
      'response.headers/content-type "application/json" is not among those of 200: application/xml',
      '#/paths/~1orders~1{id}/put/responses/200/content',
    ],
    [
      'the content type of the request changed',
      'content:\n          application/json:',
      'content:\n          application/merge-patch+json:',
      'metadata.contentType application/json is not one that the request may have',
      '#/paths/~1orders~1{id}/put/requestBody',
    ],
    [
      'the body of the request gone',
      text.slice(text.indexOf('      requestBody'), text.indexOf('      responses')),
      '',
      'metadata.input must NOT have additional properties [body]',
      '#/paths/~1orders~1{id}/put',
    ],
  ])('%s', async (_, from, to, problem, place) => {
    const changed = text.replace(from, () => to);
    expect(changed).not.toBe(text);
    const found = await problems(changed);
    const said = found.find((each) => each.startsWith(problem));
    expect(said).toContain(` ${place}`);
    expect(said).toMatch(/ \(orders\.yaml:\d+ #\/[^ ]+\)$/);
  });
});

test('a field that an open schema no longer has is a problem too', async () => {
  const open = text.replace('      additionalProperties: false\n', '').replace(/ +day: .*\n/, '');
  expect(await problems(open)).toEqual([
    'response.jsonBody/day is a field that the document does not have (orders.yaml:28 #/components/schemas/Order/properties)',
  ]);
});

describe('a stub that was written by hand', () => {
  const { metadata: _metadata, ...own } = stub;
  test('is known by its exact path', async () => {
    const mapping = { ...own, request: { method: 'PUT', urlPath: '/orders/17' } };
    expect(await problems(text, mapping)).toEqual([]);
    expect(await problems(text, { ...mapping, response: { ...own.response, jsonBody: {} } })).toEqual([
      "response.jsonBody must have required property 'state' [state] (orders.yaml:27 #/components/schemas/Order/required)",
    ]);
  });

  test('needs to say which operation it answers where its URL is a pattern', async () => {
    expect(await problems(text, own)).toEqual([
      'the document has no operation PUT (a pattern) (orders.yaml:3 #/paths)',
    ]);
  });

  test.each([
    [{ status: 404, body: 'x' }, 'response has a body, and the document has none for 404 '],
    [{ status: 200 }, 'response has no body, and the document has one for 200 '],
    [{ ...own.response, jsonBody: undefined, body: '{' }, 'response.body is not JSON'],
  ])('may not answer %j', async (response, problem) => {
    expect((await problems(text, { ...stub, response: response as StubMapping['response'] })).join()).toContain(
      problem,
    );
  });

  test('may break off', async () => {
    expect(await problems(text, { ...stub, response: { fault: 'EMPTY_RESPONSE' } })).toEqual([]);
  });
});
