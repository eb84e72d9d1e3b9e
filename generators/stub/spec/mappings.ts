import type { Answer, Content, Operation, StubMapping } from '@splitlevel/openapi';
import { type DescribedDocument, isBodiless, isForm, isJson, patternOf, sentContent } from '@splitlevel/openapi';
import { kebabCase } from 'change-case';
import type { Samples } from './sample.ts';

/** A mapping file of WireMock. */
export interface MappingFile {
  readonly name: string;
  readonly mapping: StubMapping;
}

/** The order of mappings: paths without parameters, then those with, then answers other than a success. */
const PRIORITY = { plain: 5, pattern: 6, other: 10 };

/**
 * A mapping for every answer of every operation for which a sample can be made. An answer other than a success waits behind
 * the success; a test brings it forward.
 */
export function mappingsOf(described: DescribedDocument, samples: Samples): readonly MappingFile[] {
  return described.operations.flatMap((operation) => {
    const answers = operation.answers.filter(({ status }) => !/^1/.test(status));
    const success =
      answers.find(({ status }) => /^2/.test(status)) ?? answers.find(({ status }) => status === 'default');
    return answers.flatMap((answer) => {
      const response = responseOf(described, samples, operation, answer, answer === success);
      if (response === undefined) {
        return [];
      }
      const isPlain = !operation.path.includes('{');
      const priority = answer === success ? (isPlain ? PRIORITY.plain : PRIORITY.pattern) : PRIORITY.other;
      const mapping: StubMapping = {
        priority,
        request: { method: operation.method, urlPathPattern: patternOf(operation.path) },
        response,
        metadata: metadataOf(described, samples, operation),
      };
      return [{ name: `${kebabCase(operation.id)}-${answer.status.toLowerCase()}`, mapping }];
    });
  });
}

function metadataOf(described: DescribedDocument, samples: Samples, operation: Operation): Record<string, unknown> {
  const { method, path, body } = operation;
  const sent = body && sentContent(body.contents);
  const input = inputOf(described, samples, operation);
  return {
    operation: `${method} ${path}`,
    ...(input === undefined ? {} : { input, ...(sent === undefined ? {} : { contentType: sent.type }) }),
  };
}

/** Something to call the operation with; undefined where nothing fits. */
function inputOf(described: DescribedDocument, samples: Samples, operation: Operation): unknown {
  const { $defs } = described.description;
  const input: Record<string, Record<string, unknown>> = {};
  const definition = (name: string) => described.bundle.nameOf(operation.id, name);
  for (const { name, in: group, required, schemaAt } of operation.parameters) {
    const isUsable = (value: unknown) => group !== 'path' || !['', '.', '..'].includes(String(value));
    const sample = samples.of(definition(`${group} ${name}`), schemaAt, { skipReadOnly: true }, isUsable);
    if (sample !== undefined) {
      input[group] = { ...input[group], [name]: sample.value };
    } else if (required) {
      return undefined;
    }
  }
  const sent = operation.body && sentContent(operation.body.contents);
  if (sent === undefined || $defs === undefined) {
    return input;
  }
  const at = [...sent.at, 'schema'];
  const made =
    isJson(sent.type) || isForm(sent.type)
      ? samples.of(definition('body'), at, { skipReadOnly: true })
      : { value: 'text' };
  if (made === undefined && operation.body?.required) {
    return undefined;
  }
  return made === undefined ? input : { ...input, body: made.value };
}

function responseOf(
  described: DescribedDocument,
  samples: Samples,
  { id, method }: Operation,
  answer: Answer,
  isSuccess: boolean,
): StubMapping['response'] | undefined {
  const status = statusOf(answer.status, isSuccess);
  const content = answer.contents.find(({ type }) => isJson(type)) ?? answer.contents[0];
  if (content === undefined || isBodiless(method, status)) {
    return { status };
  }
  const type = content.type
    .replace(/^\*\/\*/, 'application/json')
    .replace(/^text\/\*/, 'text/plain')
    .replace('/*', '/octet-stream');
  const definition = described.description.operations[id]?.answers[answer.status]?.[content.type];
  const headers = { 'content-type': type };
  const body = definition
    ? samples.of(definition, [...content.at, 'schema'], { skipWriteOnly: true })
    : freely(samples, content, type);
  if (body === undefined) {
    return undefined;
  }
  if (!isJson(type)) {
    return { status, headers, body: String(body.value) };
  }
  // WireMock takes null for no body.
  return body.value === null ? { status, headers, body: 'null' } : { status, headers, jsonBody: body.value };
}

function statusOf(documented: string, isSuccess: boolean): number {
  if (documented === 'default') {
    return isSuccess ? 200 : 500;
  }
  return Number(documented.toUpperCase().replace('3XX', '302').replace('XX', '00'));
}

/** A body that no schema describes. */
function freely(samples: Samples, { at }: Content, type: string): { readonly value: unknown } {
  const [example] = samples.examplesAt([...at, 'schema']);
  if (example !== undefined) {
    return { value: isJson(type) || typeof example === 'string' ? example : JSON.stringify(example) };
  }
  return { value: isJson(type) ? {} : 'text' };
}
