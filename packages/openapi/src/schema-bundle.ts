import { runInNewContext } from 'node:vm';
import type { OpenApiDocument } from './open-api-document.ts';
import { type Fields, isFields, segmentsOf, valueAt } from './pointer.ts';
import type { Direction, Schema } from './schema.ts';
import { allowOverlaps, discriminate, orNull, withoutFlags, withoutOtherDirection } from './schema-dialect.ts';
import { uniqueName } from './unique-name.ts';

const MAPS = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SINGLE = new Set([
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const COPIED = new Set([
  'type',
  'enum',
  'const',
  'format',
  'multipleOf',
  'maximum',
  'minimum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
  'required',
  'dependentRequired',
  'description',
  'deprecated',
]);

/**
 * The schemas of a document that are in use, as JSON Schema 2020-12 that needs nothing else: references lead to
 * `$defs`, and keywords that are not part of JSON Schema are gone.
 */
export class SchemaBundle {
  readonly defs: Record<string, Schema> = {};
  /** Where a definition comes from in the document. */
  readonly places = new Map<string, readonly string[]>();
  /** Where a schema comes from, definition or part of one. */
  readonly #origins = new Map<unknown, readonly string[]>();
  readonly #document: OpenApiDocument;
  readonly #names = new Map<string, string>();
  readonly #parts = new Map<string, string>();
  /** Names that the types have for something else. */
  readonly #taken = new Set(['operations', ...languageGlobals()]);
  readonly #directed: boolean;

  constructor(document: OpenApiDocument) {
    this.#document = document;
    this.#directed = /"(readOnly|writeOnly)":true/.test(JSON.stringify(document.root));
  }

  /** The schema at a place of the document. */
  at(at: readonly string[], direction: Direction): Schema {
    return this.#convert(valueAt(this.#document.root, at), direction, at);
  }

  /** Adds a definition, and gives its name. */
  define(wanted: string, schema: Schema, at: readonly string[]): string {
    const name = uniqueName(wanted, this.#taken);
    this.defs[name] = asObject(schema);
    this.places.set(name, at);
    return name;
  }

  /** Adds the definition of a part of an operation's request, and refers to it. */
  part(operation: string, part: string, schema: Schema, at: readonly string[]): Schema {
    const name = this.define(`${operation} ${part}`, schema, at);
    this.#parts.set(`${operation} ${part}`, name);
    return { $ref: `#/$defs/${name}` };
  }

  /** The name of a part's definition. */
  nameOf(operation: string, part: string): string {
    return this.#parts.get(`${operation} ${part}`) ?? '';
  }

  /**
   * The place in the document that an error of Ajv speaks of.
   * @param schema that a value does not fit, the object itself.
   * @param definition in which it is.
   */
  placeOf(schema: unknown, keyword: string, definition: string): readonly string[] {
    const origin = this.#origins.get(schema);
    return origin === undefined ? (this.places.get(definition) ?? []) : [...origin, keyword];
  }

  #reference(target: string, direction: Direction): string {
    const key = `${this.#directed ? direction : ''} ${target}`;
    const known = this.#names.get(key);
    if (known !== undefined) {
      return `#/$defs/${known}`;
    }
    const at = segmentsOf(target) ?? [];
    const name = this.define(`${at.at(-1)}${this.#directed && direction === 'request' ? ' Input' : ''}`, true, at);
    this.#names.set(key, name);
    this.defs[name] = asObject(this.at(at, direction));
    return `#/$defs/${name}`;
  }

  #convert(value: unknown, direction: Direction, at: readonly string[]): Schema {
    if (!isFields(value)) {
      return value !== false;
    }
    const schema = this.#translate(value, direction, at);
    this.#origins.set(schema, at);
    return schema;
  }

  #translate(value: Fields, direction: Direction, at: readonly string[]): Schema {
    const { $ref } = value;
    if (typeof $ref === 'string' && this.#document.version === '3.0') {
      return { $ref: this.#reference($ref, direction) };
    }
    const schema: Record<string, unknown> = {};
    if (typeof $ref === 'string') {
      schema.$ref = this.#reference($ref, direction);
    }
    for (const [keyword, each] of Object.entries(value)) {
      const inner = [...at, keyword];
      if (COPIED.has(keyword)) {
        schema[keyword] = each;
      } else if (keyword === 'pattern' && isPattern(each)) {
        schema.pattern = each;
      } else if (SINGLE.has(keyword)) {
        schema[keyword] = this.#convert(each, direction, inner);
      } else if (LISTS.has(keyword) && Array.isArray(each)) {
        schema[keyword] = each.map((item, index) => this.#convert(item, direction, [...inner, String(index)]));
      } else if (MAPS.has(keyword) && isFields(each)) {
        schema[keyword] = mapFields(each, (item, name) => this.#convert(item, direction, [...inner, name]));
      }
    }
    withoutOtherDirection(schema, value, direction);
    discriminate(schema, value);
    allowOverlaps(schema);
    withoutFlags(schema, value);
    return this.#document.version === '3.0' && value.nullable === true ? orNull(schema) : schema;
  }
}

/** Whether a pattern is one of JavaScript: those of other languages cannot be checked here. */
export function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') !== undefined;
  } catch {
    return false;
  }
}

/** The globals of the language, in lower case: a type of the same name would hide them. */
function languageGlobals(): readonly string[] {
  const names = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];
  return names.map((name) => name.toLowerCase());
}

/** An object by its own keys, whatever they are: `__proto__` among them. */
export function mapFields<T>(fields: Fields, change: (value: unknown, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value, name)]));
}

/** References of the libraries that make types lead to objects. */
function asObject(schema: Schema): Schema {
  if (typeof schema === 'object') {
    return schema;
  }
  return schema ? {} : { not: {} };
}
