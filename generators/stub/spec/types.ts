import type { Operation } from '@splitlevel/openapi';
import { type DescribedDocument, isFields, isForm, isJson, mapFields } from '@splitlevel/openapi';
import { compile } from 'json-schema-to-typescript';

/**
 * The types of all operations of a document, and of the schemas that they use, as TypeScript.
 * @returns the text of a module that exports an interface Operations.
 */
export async function typesOf(described: DescribedDocument): Promise<string> {
  const operations = described.operations.map((operation) => [operation.id, operationType(described, operation)]);
  const schema = {
    ...object(Object.fromEntries(operations)),
    $defs: documented(described.description.$defs, undefined),
  };
  return await compile(schema, 'Operations', {
    bannerComment: '',
    format: false,
    ignoreMinAndMaxItems: true,
    $refOptions: { resolve: { file: false, http: false } },
  });
}

function operationType(
  { description }: DescribedDocument,
  { id, method, path, summary, answers, body }: Operation,
): object {
  const { input = '', answers: described = {}, body: type } = description.operations[id] ?? {};
  const own = { $ref: `#/$defs/${input}` };
  const isRaw = body !== undefined && type !== undefined && !isJson(type) && !isForm(type);
  const kinds = answers.flatMap(({ status, contents }) => {
    const numbers = /^\d+$/.test(status) ? { const: Number(status) } : { type: 'integer' };
    const bodies = contents.map((content) => {
      const name = described[status]?.[content.type];
      return name ? { $ref: `#/$defs/${name}` } : isJson(content.type) ? {} : { tsType: RAW };
    });
    return object({ status: numbers, body: bodies.length === 0 ? { tsType: 'undefined' } : { anyOf: bodies } });
  });
  return {
    ...object({
      input: isRaw ? { allOf: [own, object({ body: { tsType: RAW } }, [])] } : own,
      answer: { anyOf: kinds },
    }),
    description: plain(`${method} ${path}${summary === '' ? '' : `: ${summary}`}`),
  };
}

/** Text, or bytes where the content type is not text. */
const RAW = 'string | Uint8Array<ArrayBuffer>';

function object(properties: Readonly<Record<string, object>>, required = Object.keys(properties)): object {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** The same schemas with descriptions that can stand in comments. */
function documented(value: unknown, key: string | undefined): unknown {
  if (key === 'enum' || key === 'const') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => documented(each, undefined));
  }
  if (!isFields(value)) {
    return key === 'description' && typeof value === 'string' ? plain(value) : value;
  }
  if (isEmptyObject(value)) {
    return { tsType: 'Record<string, never>' };
  }
  return mapFields(value, (each, name) => documented(each, key === 'properties' && isFields(each) ? undefined : name));
}

/** Whether a schema is of an object that may have nothing in it. */
function isEmptyObject({ type, properties, additionalProperties, ...others }: Record<string, unknown>): boolean {
  const isEmpty = properties === undefined || (isFields(properties) && Object.keys(properties).length === 0);
  const rest = Object.keys(others).filter((each) => !['required', 'description'].includes(each));
  return type === 'object' && additionalProperties === false && isEmpty && rest.length === 0;
}

/** Text that ends no comment and gives no order to a tool. */
function plain(text: string): string {
  return text
    .replaceAll('*/', '* /')
    .replaceAll(/@ts-/g, '@ ts-')
    .replaceAll(/biome-ignore/g, 'biome ignore')
    .replaceAll(/[^\P{C}\n]/gu, ' ');
}
