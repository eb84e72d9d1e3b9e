import { DocumentError } from './document-error.ts';
import type { Located, OpenApiDocument } from './open-api-document.ts';
import { isFields } from './pointer.ts';
import { uniqueName } from './unique-name.ts';

/** How a parameter is written into a request. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly style: string;
  readonly explode: boolean;
  /** Its value is written as JSON. */
  readonly json: boolean;
  /** Where its schema is. */
  readonly schemaAt: readonly string[];
}

/** A content type, and where its schema is. */
export interface Content {
  readonly type: string;
  readonly at: readonly string[];
}

export interface Body {
  readonly at: readonly string[];
  readonly required: boolean;
  readonly contents: readonly Content[];
}

/** Answers of a status (`200`), of a kind (`4XX`), or all others (`default`). */
export interface Answer extends Omit<Body, 'required'> {
  readonly status: string;
}

export interface Operation {
  /** In camelCase, unique in the document. */
  readonly id: string;
  readonly method: string;
  /** As the document has it; some tell operations apart by a fragment, which is not sent. */
  readonly path: string;
  readonly at: readonly string[];
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body | undefined;
  readonly answers: readonly Answer[];
}

/** Those that `fetch` can send. */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
/** Names that a client cannot have: promises and objects have them. */
const TAKEN = ['then', ...Object.getOwnPropertyNames(Object.prototype)].map((name) => name.toLowerCase());
/** Headers that are not parameters, whatever a document says (OpenAPI 3.1, 4.8.12.1). */
const NO_PARAMETERS = new Set(['accept', 'content-type', 'authorization']);
const STYLES = { path: 'simple', header: 'simple', query: 'form', cookie: 'form' } as const;

/**
 * The operations of a document, in its order.
 * @throws {DocumentError} for a path that cannot be called.
 */
export function operationsOf(document: OpenApiDocument): readonly Operation[] {
  const operations: Operation[] = [];
  const taken = new Set(TAKEN);
  for (const path of Object.keys(document.root.paths as object)) {
    const item = path.startsWith('/') ? document.find(['paths', path]) : undefined;
    for (const method of METHODS) {
      const operation = item && document.find([...item.at, method]);
      if (item === undefined || operation === undefined) {
        continue;
      }
      operations.push(operationOf(document, path, method, item, operation, taken));
    }
  }
  if (operations.length === 0) {
    throw new DocumentError(
      `${document.place(['paths'])}: the paths have no operations, so that there is nothing to call`,
    );
  }
  return operations;
}

function operationOf(
  document: OpenApiDocument,
  path: string,
  method: string,
  item: Located,
  { value, at }: Located,
  taken: Set<string>,
): Operation {
  if (path.includes('?')) {
    throw new DocumentError(`${document.place(item.at)}: a path cannot have a query`);
  }
  const { operationId, summary, description } = value;
  const wanted = typeof operationId === 'string' && /[a-z]/i.test(operationId) ? operationId : `${method} ${path}`;
  const name = uniqueName(wanted, taken);
  const parameters = parametersOf(document, path, item, { value, at });
  const body = document.find([...at, 'requestBody']);
  const lines = typeof summary === 'string' ? summary : typeof description === 'string' ? description : '';
  return {
    id: name.charAt(0).toLowerCase() + name.slice(1),
    method: method.toUpperCase(),
    path,
    at,
    summary: lines.split('\n')[0] ?? '',
    parameters,
    body: body && { at: body.at, required: body.value.required === true, contents: contentsOf(body) },
    answers: answersOf(document, { value, at }),
  };
}

/** An operation that tells of no answer may give any. */
function answersOf(document: OpenApiDocument, { value, at }: Located): readonly Answer[] {
  const statuses = Object.keys(isFields(value.responses) ? value.responses : {}).filter((key) => !key.startsWith('x-'));
  const answers = statuses.flatMap((status) => {
    const answer = document.find([...at, 'responses', status]);
    return answer === undefined ? [] : [{ status, at: answer.at, contents: contentsOf(answer) }];
  });
  return answers.length > 0 ? answers : [{ status: 'default', at, contents: [] }];
}

function parametersOf(
  document: OpenApiDocument,
  path: string,
  item: Located,
  operation: Located,
): readonly Parameter[] {
  const found = new Map<string, Parameter>();
  for (const owner of [item, operation]) {
    const list = Array.isArray(owner.value.parameters) ? owner.value.parameters : [];
    for (const index of list.keys()) {
      const parameter = document.find([...owner.at, 'parameters', String(index)]);
      if (parameter !== undefined) {
        const read = parameterOf(parameter);
        found.set(`${read.in} ${read.name}`, read);
      }
    }
  }
  const parameters = [...found.values()].filter(({ in: place, name }) => {
    return place === 'path' ? path.includes(`{${name}}`) : place !== 'header' || !NO_PARAMETERS.has(name.toLowerCase());
  });
  const undeclared = [...path.matchAll(/\{([^{}]*)\}/g)].find(([, name]) => !found.has(`path ${name}`));
  if (undeclared !== undefined) {
    throw new DocumentError(
      `${document.place(operation.at)}: no parameter is declared for ${undeclared[0]} in the path`,
    );
  }
  return parameters;
}

function parameterOf({ value, at }: Located): Parameter {
  const place = value.in as Parameter['in'];
  const style = typeof value.style === 'string' ? value.style : STYLES[place];
  const [type] = Object.keys(isFields(value.content) ? value.content : {});
  return {
    name: String(value.name),
    in: place,
    required: value.required === true || place === 'path',
    style,
    explode: typeof value.explode === 'boolean' ? value.explode : style === 'form',
    json: type !== undefined,
    schemaAt: type === undefined ? [...at, 'schema'] : [...at, 'content', type, 'schema'],
  };
}

function contentsOf({ value, at }: Located): readonly Content[] {
  const types = Object.keys(isFields(value.content) ? value.content : {});
  return types.map((type) => ({ type, at: [...at, 'content', type] }));
}
