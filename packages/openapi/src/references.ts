import { DocumentError } from './document-error.ts';
import type { OpenApiDocument } from './open-api-document.ts';
import { isFields, segmentsOf, valueAt } from './pointer.ts';

/** Places where anything may stand, also what only looks like a reference. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const', 'mapping']);
/** Where names are keys, so that `example` is a name and no sample. */
export const NAMES: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'dependentSchemas',
  'schemas',
  'responses',
  'parameters',
  'headers',
  'requestBodies',
  'paths',
  'pathItems',
  'content',
  'callbacks',
  'links',
  'securitySchemes',
  'webhooks',
]);
/** Keywords whose schemas look at the same value as the schema they stand in. */
const SAME_VALUE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'];

/**
 * Refuses references that lead out of the document, to nothing, or round in a circle.
 * @throws {DocumentError} that names the place.
 */
export function refuseReferences(document: OpenApiDocument): void {
  // Elsewhere nothing is looked at.
  const { paths, components } = document.root;
  const references = [...referencesIn({ paths, components }, [], false)];
  for (const { at, target } of references) {
    const segments = segmentsOf(target);
    if (segments === undefined) {
      const kind = /^([a-z][a-z0-9+.-]*:)?\/\//i.test(target) ? 'the network' : 'another file or a name';
      throw new DocumentError(
        `${document.place(at)}: the reference ${JSON.stringify(target)} leads to ${kind}; only places in the document itself (#/…) are followed: bundle the document first`,
      );
    }
    if (valueAt(document.root, segments) === undefined) {
      throw new DocumentError(`${document.place(at)}: the reference ${JSON.stringify(target)} leads to nothing`);
    }
  }
  const safe = new Set<string>();
  for (const { at } of references) {
    refuseCircle(document, at.slice(0, -1), [], safe);
  }
}

interface Reference {
  readonly at: readonly string[];
  readonly target: string;
}

function* referencesIn(value: unknown, at: readonly string[], names: boolean): Generator<Reference> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      yield* referencesIn(each, [...at, String(index)], false);
    }
  } else if (isFields(value)) {
    for (const [key, each] of Object.entries(value)) {
      if (!names && (DATA.has(key) || key.startsWith('x-'))) {
        continue;
      }
      if (!names && key === '$ref' && typeof each === 'string') {
        yield { at: [...at, key], target: each };
      } else {
        yield* referencesIn(each, [...at, key], !names && NAMES.has(key));
      }
    }
  }
}

/** A schema may contain itself, in a property for example; it may not be itself. */
function refuseCircle(document: OpenApiDocument, at: readonly string[], above: string[], safe: Set<string>): void {
  const key = at.join('\0');
  if (safe.has(key)) {
    return;
  }
  const value = valueAt(document.root, at);
  if (!isFields(value)) {
    return;
  }
  if (above.includes(key)) {
    throw new DocumentError(
      `${document.place(at)}: the reference is cyclic: it comes back to itself without any content`,
    );
  }
  const inner = [...above, key];
  const target = typeof value.$ref === 'string' ? segmentsOf(value.$ref) : undefined;
  if (target !== undefined) {
    refuseCircle(document, target, inner, safe);
  }
  for (const keyword of SAME_VALUE) {
    const each = value[keyword];
    const places = Array.isArray(each) ? [...each.keys()].map((index) => [keyword, String(index)]) : [[keyword]];
    for (const place of places) {
      refuseCircle(document, [...at, ...place], inner, safe);
    }
  }
  safe.add(key);
}
