import { describe, expect, test } from 'vitest';
import { describeDocument } from './description.ts';
import { readDocument } from './document.ts';
import { Validation } from './validation.ts';

const head = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n';
const answer = 'responses: { "200": { description: D } }';

async function refusal(text: string): Promise<string> {
  const error: unknown = await readDocument(text, 'a.yaml').then(describeDocument, (reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'DocumentError' });
  return String((error as Error).message);
}

const schema = (text: string) =>
  `${head}paths: { /a: { get: { ${answer} } } }\ncomponents:\n  schemas:\n    A: ${text}\n`;

describe('a document is refused, with the place', () => {
  test.each([
    ['no YAML', 'a: [1\nb: {', 'a.yaml:2:1 is neither JSON nor YAML: '],
    ['broken JSON', '{\n  "openapi": "3.0.0",\n  "paths": {,}\n', 'is neither JSON nor YAML: '],
    ['no object', '- 1', 'a.yaml:1 is not an OpenAPI document: it holds no object'],
    ['nothing', '', 'a.yaml:1 is not an OpenAPI document'],
    ['no OpenAPI', 'name: x', 'a.yaml #/openapi: this is not an OpenAPI 3.0 or 3.1 document: it has no field openapi'],
    ['of the future', 'openapi: 4.0.0', 'openapi is "4.0.0"'],
    ['Swagger', 'swagger: "2.0"', 'a.yaml #/swagger: this is Swagger 2.0; convert it to OpenAPI 3 first'],
    ['without paths', head, 'a.yaml:1 #/paths: the document has no paths'],
    ['with empty paths', `${head}paths: {}`, 'a.yaml:3 #/paths: the document has no paths'],
    [
      'of another form',
      `${head}paths:\n  /a: { get: { parameters: 1 } }`,
      'a.yaml:4 #/paths/~1a/get/parameters: this is not as',
    ],
    [
      'with a file',
      schema('{ $ref: ../b.yaml }'),
      'a.yaml:6 #/components/schemas/A/$ref: the reference "../b.yaml" leads to another file',
    ],
    [
      'with the network',
      schema('{ $ref: "http://127.0.0.1:1/b#/c" }'),
      'leads to the network; only places in the document',
    ],
    [
      'with nowhere',
      schema('{ $ref: "#/components/schemas/B" }'),
      'the reference "#/components/schemas/B" leads to nothing',
    ],
    ['with a circle', schema('{ $ref: "#/components/schemas/A" }'), '#/components/schemas/A: the reference is cyclic'],
    [
      'with a longer circle',
      schema('{ allOf: [{ anyOf: [{ $ref: "#/components/schemas/A" }] }] }'),
      'the reference is cyclic',
    ],
    ['of 10 MB', `${head}# ${'x'.repeat(10 * 1024 * 1024)}`, 'a.yaml has 10.0 MiB; at most 5 are read'],
    [
      'with a bomb',
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n',
      'a.yaml cannot be read: ',
    ],
    ['with a loop', '&a\nx: *a\n', 'a.yaml cannot be read: '],
    [
      'nested too deeply',
      `{"openapi":"3.1.0","paths":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`,
      'a.yaml is nested too deeply to be read',
    ],
  ])('%s', async (_, text, sentence) => {
    expect(await refusal(text)).toContain(sentence);
  });

  test.each([
    ['a path without its parameter', '/a/{id}', '', 'no parameter is declared for {id} in the path'],
    ['a path with a query', '/a?b=c', '', 'a path cannot have a query'],
  ])('%s', async (_, path, more, sentence) => {
    const document = await readDocument(`${head}paths:\n  "${path}": { get: { ${more}${answer} } }`, 'a.yaml');
    expect(() => describeDocument(document)).toThrow(sentence);
  });
});

test('a schema that is none is refused, with the place', async () => {
  const content = 'content: { application/json: { schema: { $ref: "#/components/schemas/A" } } }';
  const paths = `paths: { /a: { get: { responses: { "200": { description: D, ${content} } } } } }`;
  const text = `${head}${paths}\ncomponents:\n  schemas:\n    A: { properties: { b: { minimum: "1" } } }`;
  const described = describeDocument(await readDocument(text, 'a.yaml'));
  expect(() => new Validation(described)).toThrow(
    'a.yaml:6 #/components/schemas/A/properties/b/minimum: this is not as JSON Schema has it: must be number',
  );
});

describe('what is odd but legal is taken', () => {
  test('operations without names, with the same name, and with hostile ones', async () => {
    const paths = ['listThings', 'listThings', 'then', '__proto__', '*/ alert(1)', '😀', 'constructor', ''].map(
      (id, index) => `  /p${index}: { get: { operationId: ${JSON.stringify(id)}, ${answer} } }`,
    );
    const text = `${head}paths:\n${paths.join('\n')}\n  /q: { get: { ${answer} } }`;
    const { operations } = describeDocument(await readDocument(text, 'a.yaml'));
    expect(operations.map(({ id }) => id)).toEqual([
      'listThings',
      'listThings2',
      'then2',
      'proto',
      'alert1',
      'getP5',
      'constructor2',
      'getP7',
      'getQ',
    ]);
  });

  test('components whose names look like extensions, and schemas that take anything', async () => {
    const component = '{ name: a, in: query, schema: true }';
    const text = `${head}paths:\n  /a: { get: { parameters: [{ $ref: "#/components/parameters/x-a" }], ${answer} } }
components: { parameters: { x-a: ${component} } }`;
    const { description } = describeDocument(await readDocument(text, 'a.yaml'));
    expect(description.$defs).toMatchObject({ GetAQueryA: {} });
  });

  test('schemas that contain themselves, references in extensions and in samples', async () => {
    const text = schema(
      '{ properties: { a: { $ref: "#/components/schemas/A" } }, example: { $ref: x }, x-y: { $ref: y } }',
    );
    await expect(readDocument(text, 'a.yaml')).resolves.toMatchObject({ version: '3.1' });
  });
});

describe('schemas of OpenAPI 3.0 become those of today', () => {
  test.each([
    ['{ type: string, nullable: true, enum: [a] }', { type: ['string', 'null'], enum: ['a', null] }],
    ['{ type: integer, minimum: 1, exclusiveMinimum: true }', { type: 'integer', exclusiveMinimum: 1 }],
    ['{ type: integer, maximum: 1, exclusiveMaximum: false }', { type: 'integer', maximum: 1 }],
    ['{ type: string, pattern: "(?i)a" }', { type: 'string' }],
    ['{ oneOf: [{ type: string }, {}] }', { anyOf: [{ type: 'string' }, {}] }],
    [
      '{ oneOf: [{ type: string }], anyOf: [{ minLength: 1 }] }',
      { anyOf: [{ minLength: 1 }], allOf: [{ anyOf: [{ type: 'string' }] }] },
    ],
    [
      '{ type: object, required: [a, b], properties: { a: { type: string, writeOnly: true }, b: {} } }',
      { type: 'object', required: ['b'], properties: { b: {} } },
    ],
  ])('%s', async (text, expected) => {
    const content = `content: { application/json: { schema: ${text} } }`;
    const paths = `paths: { /a: { get: { responses: { "200": { description: D, ${content} } } } } }`;
    const document = await readDocument(`openapi: 3.0.3\ninfo: { title: T, version: "1" }\n${paths}`, 'a.yaml');
    expect(describeDocument(document).description.$defs.GetAAnswer200).toEqual(expected);
  });
});
