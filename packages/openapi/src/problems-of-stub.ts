import { type DescribedDocument, isJson } from './description.ts';
import type { Operation } from './operations.ts';
import type { StubMapping } from './stub-mapping.ts';
import type { Validation } from './validation.ts';

/**
 * The operation that a stub answers: the one that its metadata names (`"operation": "GET /pets/{id}"`), else the one
 * whose path its exact URL has.
 */
export function findOperation({ operations }: DescribedDocument, mapping: StubMapping): Operation | undefined {
  const { request = {}, metadata = {} } = mapping;
  const named = metadata.operation;
  if (named !== undefined) {
    return operations.find(({ method, path }) => `${method} ${path}` === named);
  }
  const url = request.urlPath ?? request.url?.split('?')[0];
  const same = operations.filter(({ method }) => method === request.method);
  return (
    same.find(({ path }) => path === url) ??
    same.find(({ path }) => url !== undefined && new RegExp(`^${patternOf(path)}$`).test(url))
  );
}

/** The paths that a path of a document stands for, as a regular expression of Java and of JavaScript. */
export function patternOf(path: string): string {
  const literal = (text: string) => encodeURI(text).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const [sent = ''] = path.split('#');
  return sent
    .split(/\{[^{}]*\}/)
    .map(literal)
    .join('[^/]+');
}

/** The problems of a stub that does not fit the document. */
export function problemsOfStub(
  described: DescribedDocument,
  validation: Validation,
  mapping: StubMapping,
): readonly string[] {
  const operation = findOperation(described, mapping);
  const { document } = described;
  const { metadata = {}, request } = mapping;
  if (operation === undefined) {
    const wanted =
      metadata.operation ?? `${request?.method ?? 'ANY'} ${request?.urlPath ?? request?.url ?? '(a pattern)'}`;
    return [`the document has no operation ${wanted} (${document.place(['paths'])})`];
  }
  const description = described.description.operations[operation.id];
  const input = metadata.input;
  return [
    ...(request?.method === undefined || request.method === operation.method
      ? []
      : [
          `request.method is ${request.method}, and the operation's is ${operation.method} (${document.place(operation.at)})`,
        ]),
    ...(input === undefined || description === undefined
      ? []
      : validation.problemsOf(description.input, input, 'metadata.input')),
    ...problemsOfRequestType(described, operation, metadata.contentType),
    ...problemsOfAnswer(described, validation, operation, mapping),
  ];
}

function problemsOfRequestType({ document }: DescribedDocument, { body }: Operation, type: unknown): readonly string[] {
  if (typeof type !== 'string' || body?.contents.some((content) => content.type === type)) {
    return [];
  }
  const place = document.place(body?.at ?? ['paths']);
  return [
    `metadata.contentType ${type} is not one that the request may have: ${body?.contents.map((each) => each.type).join(', ') ?? 'it has no body'} (${place})`,
  ];
}

function problemsOfAnswer(
  { document, description }: DescribedDocument,
  validation: Validation,
  operation: Operation,
  { response }: StubMapping,
): readonly string[] {
  if (response.fault !== undefined) {
    return [];
  }
  const { status = 200 } = response;
  const kind = `${String(status)[0]}XX`;
  const answer = [String(status), kind, kind.toLowerCase(), 'default']
    .map((each) => operation.answers.find((one) => one.status === each))
    .find(Boolean);
  if (answer === undefined) {
    return [
      `response.status ${status} is not among the answers of ${operation.method} ${operation.path}: ${operation.answers.map((each) => each.status).join(', ')} (${document.place([...operation.at, 'responses'])})`,
    ];
  }
  const { jsonBody, body, base64Body } = response;
  const [, header] =
    Object.entries(response.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const type = String(header ?? '');
  const hasBody = jsonBody !== undefined || body !== undefined || base64Body !== undefined;
  if (answer.contents.length === 0) {
    return hasBody
      ? [`response has a body, and the document has none for ${answer.status} (${document.place(answer.at)})`]
      : [];
  }
  const content = answer.contents.find((each) => fits(type, each.type));
  if (!hasBody && header === undefined) {
    return isBodiless(operation.method, status)
      ? []
      : [`response has no body, and the document has one for ${answer.status} (${document.place(answer.at)})`];
  }
  if (content === undefined) {
    return [
      `response.headers/content-type ${JSON.stringify(type)} is not among those of ${answer.status}: ${answer.contents.map((each) => each.type).join(', ')} (${document.place([...answer.at, 'content'])})`,
    ];
  }
  const definition = description.operations[operation.id]?.answers[answer.status]?.[content.type];
  if (definition === undefined || definition === null || !isJson(type)) {
    return [];
  }
  const value = jsonBody === undefined ? parsed(body ?? '') : jsonBody;
  return value === undefined
    ? ['response.body is not JSON']
    : validation.problemsOf(definition, value, 'response.jsonBody');
}

/** Whether HTTP has no body in such an answer. */
export function isBodiless(method: string, status: number): boolean {
  return method === 'HEAD' || [204, 205, 304].includes(status);
}

/** Whether a content type is one of those that a range stands for: `text/*`; parameters such as the charset aside. */
export function fits(type: string, range: string): boolean {
  const [own = '', wanted = ''] = [type, range].map((each) => each.split(';')[0]?.trim().toLowerCase());
  return own === wanted || wanted === '*/*' || (wanted.endsWith('/*') && own.startsWith(wanted.slice(0, -1)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
