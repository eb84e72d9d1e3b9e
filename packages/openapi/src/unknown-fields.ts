import type { ClientDescription } from './description.ts';
import { type Fields, isFields } from './pointer.ts';

/** A field of a value that no schema of it knows. */
export interface UnknownField {
  readonly at: readonly string[];
  /** One of the schemas that could have it, and has not. */
  readonly schema: Fields;
}

/**
 * The fields of a value that its schemas do not name. JSON Schema lets them pass; in a stub they are what the upstream no
 * longer has. Where a schema says that there may be others, or names none, all are known.
 */
export function unknownFields(
  value: unknown,
  schemas: readonly unknown[],
  $defs: ClientDescription['$defs'],
  at: readonly string[] = [],
): readonly UnknownField[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const all = withParts(schemas, $defs, new Set());
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const own = all.map(
        ({ prefixItems, items }) => (Array.isArray(prefixItems) ? prefixItems[index] : undefined) ?? items,
      );
      return unknownFields(item, own, $defs, [...at, String(index)]);
    });
  }
  const naming = all.filter(({ properties }) => isFields(properties) && Object.keys(properties).length > 0);
  const others = all.flatMap((each) => OTHERS.map((keyword) => each[keyword]).filter(Boolean));
  return Object.entries(value).flatMap(([name, item]) => {
    const own = naming.flatMap(({ properties }) => {
      return isFields(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [];
    });
    const [schema] = naming;
    if (own.length > 0) {
      return unknownFields(item, own, $defs, [...at, name]);
    }
    return schema === undefined || others.length > 0 ? [] : [{ at: [...at, name], schema }];
  });
}

/** Keywords by which an object may have more fields than it names. */
const OTHERS = ['additionalProperties', 'unevaluatedProperties', 'patternProperties'];

/** Schemas, and those that look at the same value. */
function withParts(schemas: readonly unknown[], $defs: ClientDescription['$defs'], seen: Set<unknown>): Fields[] {
  return schemas.flatMap((schema) => {
    if (!isFields(schema) || seen.has(schema)) {
      return [];
    }
    seen.add(schema);
    const { $ref, allOf, anyOf, oneOf, if: condition, then, else: otherwise } = schema;
    const target = typeof $ref === 'string' ? $defs[$ref.slice('#/$defs/'.length)] : undefined;
    const parts = [target, condition, then, otherwise, ...[allOf, anyOf, oneOf].flat()];
    return [schema, ...withParts(parts, $defs, seen)];
  });
}
