import { type Fields, isFields, segmentsOf } from './pointer.ts';
import type { Direction, Schema } from './schema.ts';

// What OpenAPI says in its own way, in the words of JSON Schema. Each changes a translated schema by the one in the document.

/** Leaves out the fields that only the other direction has. */
export function withoutOtherDirection(schema: Record<string, unknown>, value: Fields, direction: Direction): void {
  const mark = direction === 'request' ? 'readOnly' : 'writeOnly';
  const { properties } = value;
  if (!isFields(properties) || !isFields(schema.properties)) {
    return;
  }
  const gone = Object.entries(properties).filter(([, each]) => isFields(each) && each[mark] === true);
  const names = new Set(gone.map(([name]) => name));
  if (names.size === 0) {
    return;
  }
  schema.properties = Object.fromEntries(Object.entries(schema.properties).filter(([name]) => !names.has(name)));
  if (Array.isArray(schema.required)) {
    schema.required = schema.required.filter((name) => !names.has(name));
  }
}

/** Of alternatives that a property tells apart each is for its own values of the property. */
export function discriminate(schema: Record<string, unknown>, { discriminator, oneOf, anyOf }: Fields): void {
  const written = oneOf ?? anyOf;
  const keyword = oneOf === undefined ? 'anyOf' : 'oneOf';
  const property = isFields(discriminator) ? discriminator.propertyName : undefined;
  if (!isFields(discriminator) || typeof property !== 'string' || !Array.isArray(written)) {
    return;
  }
  const mapping = isFields(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  schema[keyword] = (schema[keyword] as Schema[]).map((alternative, index) => {
    const target: unknown = written[index]?.$ref;
    if (typeof target !== 'string') {
      return alternative;
    }
    const name = segmentsOf(target)?.at(-1) ?? '';
    const values = mapping.filter(([, to]) => to === target || to === name).map(([value]) => value);
    const own = { properties: { [property]: { enum: values.length > 0 ? values : [name] } }, required: [property] };
    return { allOf: [alternative, own] };
  });
}

/** Alternatives tend to overlap in documents, though `oneOf` forbids it: what fits two of them would fit none. */
export function allowOverlaps(schema: Record<string, unknown>): void {
  const { oneOf, anyOf, allOf } = schema;
  if (oneOf === undefined) {
    return;
  }
  delete schema.oneOf;
  if (anyOf === undefined) {
    schema.anyOf = oneOf;
  } else {
    schema.allOf = [...(Array.isArray(allOf) ? allOf : []), { anyOf: oneOf }];
  }
}

/** In OpenAPI 3.0, and in documents of 3.1 that were converted in part, a bound is exclusive by a flag. */
export function withoutFlags(schema: Record<string, unknown>, value: Fields): void {
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof value[exclusive] !== 'boolean') {
      continue;
    }
    delete schema[exclusive];
    if (!value[exclusive] || value[bound] === undefined) {
      continue;
    }
    schema[exclusive] = value[bound];
    delete schema[bound];
  }
}

/** What OpenAPI 3.0 calls nullable. */
export function orNull(schema: Record<string, unknown>): Schema {
  if (typeof schema.type !== 'string') {
    return { anyOf: [schema, { type: 'null' }] };
  }
  const values = Array.isArray(schema.enum) && !schema.enum.includes(null) ? { enum: [...schema.enum, null] } : {};
  return { ...schema, ...values, type: [schema.type, 'null'] };
}
