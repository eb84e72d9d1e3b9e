import type { OpenApiDocument } from './open-api-document.ts';
import { type Content, type Operation, operationsOf, type Parameter } from './operations.ts';
import { valueAt } from './pointer.ts';
import type { Schema } from './schema.ts';
import { SchemaBundle } from './schema-bundle.ts';

/** The description of an operation for a client. Schemas are names in `$defs`. */
export interface OperationDescription {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Omit<Parameter, 'required' | 'schemaAt'>[];
  /** The content type of the request's body. */
  readonly body?: string;
  /** Of `{ path, query, header, cookie, body }`. */
  readonly input: string;
  /** By status (`200`, `4XX`, `default`) and content type; null where the body has no schema. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

/** All operations of a document, and the schemas that they need. */
export interface ClientDescription {
  readonly operations: Readonly<Record<string, OperationDescription>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

/** A document as a client needs it, with the places that its parts come from. */
export interface DescribedDocument {
  readonly document: OpenApiDocument;
  readonly bundle: SchemaBundle;
  readonly operations: readonly Operation[];
  readonly description: ClientDescription;
}

/** Whether bodies of a content type are JSON. */
export function isJson(type: string): boolean {
  return /^[\w.+-]+\/([\w.+-]+\+)?json\b/i.test(type);
}

/** Takes from a document what a client needs. */
export function describeDocument(document: OpenApiDocument): DescribedDocument {
  const bundle = new SchemaBundle(document);
  const operations = operationsOf(document);
  const described = operations.map((operation) => [operation.id, describe(document, bundle, operation)] as const);
  return {
    document,
    bundle,
    operations,
    description: { operations: Object.fromEntries(described), $defs: bundle.defs },
  };
}

/** Of the content types that a request may have, the one that clients send. */
export function sentContent(contents: readonly Content[]): Content | undefined {
  const types = [isJson, (type: string) => /^application\/x-www-form-urlencoded/i.test(type)];
  return types.map((fits) => contents.find(({ type }) => fits(type))).find(Boolean) ?? contents[0];
}

function describe(document: OpenApiDocument, bundle: SchemaBundle, operation: Operation): OperationDescription {
  const body = operation.body && sentContent(operation.body.contents);
  const answers = operation.answers.map(({ status, contents }) => {
    return [
      status,
      Object.fromEntries(contents.map((each) => [each.type, answerOf(document, bundle, operation, status, each)])),
    ];
  });
  return {
    method: operation.method,
    path: operation.path,
    parameters: operation.parameters.map(({ name, in: place, style, explode, json }) => ({
      name,
      in: place,
      style,
      explode,
      json,
    })),
    ...(body === undefined ? {} : { body: body.type }),
    input: bundle.define(`${operation.id} request`, inputOf(bundle, operation, body), operation.at),
    answers: Object.fromEntries(answers),
  };
}

function answerOf(
  document: OpenApiDocument,
  bundle: SchemaBundle,
  operation: Operation,
  status: string,
  { type, at }: Content,
): string | null {
  const place = [...at, 'schema'];
  if (!isJson(type) || valueAt(document.root, place) === undefined) {
    return null;
  }
  return bundle.define(`${operation.id} answer ${status}`, bundle.at(place, 'response'), place);
}

function inputOf(bundle: SchemaBundle, operation: Operation, sent: Content | undefined): Schema {
  const { id, at, parameters, body } = operation;
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const group of ['path', 'query', 'header', 'cookie'] as const) {
    const own = parameters.filter((parameter) => parameter.in === group);
    if (own.length === 0) {
      continue;
    }
    const needed = own.filter((each) => each.required).map(({ name }) => name);
    const schemas = own.map(({ name, schemaAt }) => {
      return [name, bundle.part(id, `${group} ${name}`, bundle.at(schemaAt, 'request'), schemaAt)];
    });
    properties[group] = bundle.part(id, group, closed(Object.fromEntries(schemas), needed), at);
    if (needed.length > 0) {
      required.push(group);
    }
  }
  if (sent !== undefined) {
    const place = [...sent.at, 'schema'];
    const schema = isJson(sent.type) || isForm(sent.type) ? bundle.at(place, 'request') : true;
    properties.body = bundle.part(id, 'body', schema, place);
    if (body?.required) {
      required.push('body');
    }
  }
  return closed(properties, required);
}

function closed(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Whether bodies of a content type are forms, which are written from objects. */
export function isForm(type: string): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type);
}
