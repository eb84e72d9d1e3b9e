import { Validator } from '@seriousme/openapi-schema-validator';
import { DocumentError } from './document-error.ts';
import { OpenApiDocument } from './open-api-document.ts';
import { parseText } from './parse-document.ts';
import { type Fields, isFields, segmentsOf } from './pointer.ts';
import { NAMES, refuseReferences } from './references.ts';
import { isPattern } from './schema-bundle.ts';

/**
 * Reads a document of OpenAPI 3.0 or 3.1, in JSON or YAML. Nothing but the text is read: references to files and to the
 * network are refused.
 * @param source the file's name, for messages.
 * @throws {DocumentError} that names the line or the JSON pointer of what is wrong.
 */
export async function readDocument(text: string, source: string): Promise<OpenApiDocument> {
  try {
    return await read(text, source);
  } catch (cause) {
    if (!(cause instanceof RangeError)) {
      throw cause;
    }
    throw new DocumentError(`${source} is nested too deeply to be read`, { cause });
  }
}

async function read(text: string, source: string): Promise<OpenApiDocument> {
  const parsed = parseText(text, source);
  const { value } = parsed;
  if (!isFields(value)) {
    throw new DocumentError(`${source}:1 is not an OpenAPI document: it holds no object`);
  }
  const document = new OpenApiDocument(source, parsed, versionOf(value, source));
  if (!isFields(value.paths) || Object.keys(value.paths).length === 0) {
    throw new DocumentError(
      `${document.place(['paths'])}: the document has no paths, so that there is nothing to call`,
    );
  }
  refuseReferences(document);
  const { valid, errors } = await new Validator().validate(withoutExtensions(value) as Fields);
  if (!valid) {
    throw new DocumentError(firstProblem(document, errors));
  }
  return document;
}

function versionOf(root: Fields, source: string): '3.0' | '3.1' {
  const { openapi, swagger } = root;
  if (swagger !== undefined) {
    throw new DocumentError(`${source} #/swagger: this is Swagger ${swagger}; convert it to OpenAPI 3 first`);
  }
  const version = typeof openapi === 'string' ? /^3\.[01](?=\.\d+)/.exec(openapi)?.[0] : undefined;
  if (version === undefined) {
    const found = openapi === undefined ? 'it has no field openapi' : `openapi is ${JSON.stringify(openapi)}`;
    throw new DocumentError(`${source} #/openapi: this is not an OpenAPI 3.0 or 3.1 document: ${found}`);
  }
  return version as '3.0' | '3.1';
}

/** Extensions and samples may hold anything, references to nowhere among it. */
function withoutExtensions(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => withoutExtensions(each));
  }
  if (!isFields(value)) {
    return value;
  }
  const kept = Object.entries(value).filter(([name, each]) => {
    if (name.startsWith('x-')) {
      return NAMES.has(key) && key !== 'paths';
    }
    // Patterns of other languages are left out.
    if (name === 'pattern' && typeof each === 'string') {
      return isPattern(each);
    }
    return name !== '$ref' || typeof each !== 'string' || segmentsOf(each) !== undefined;
  });
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutExtensions(each, name)]));
}

function firstProblem(document: OpenApiDocument, errors: unknown): string {
  if (!Array.isArray(errors)) {
    return `${document.source}: ${String(errors)}`;
  }
  // The deepest place tells most; what stands above it follows from it.
  const depth = (error: { instancePath: string }) => error.instancePath.split('/').length;
  const [deepest] = errors.toSorted((left, right) => depth(right) - depth(left));
  const at = segmentsOf(`#${deepest.instancePath}`) ?? [];
  const detail = Object.values(deepest.params ?? {}).join(', ');
  return `${document.place(at)}: this is not as OpenAPI ${document.version} has it: ${deepest.message}${detail === '' ? '' : ` (${detail})`}`;
}
