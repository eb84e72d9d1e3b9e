import { isDeepStrictEqual } from 'node:util';
import type { JSONPath } from 'jsonc-parser';
import type { JsonEdit } from './edit-json.ts';

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Compares two values of a place that has versions; negative where the left one is lower.
 * @returns 'no-version' where the place has none, undefined where the values cannot be compared.
 */
export type Compare = (at: JSONPath, left: string, right: string) => number | 'no-version' | undefined;

/** A key that both changed. The owner's value stays. */
export interface KeyConflict {
  readonly at: JSONPath;
  /** What the template has; undefined: it removed the key. */
  readonly theirs: unknown;
}

export interface MergedValues {
  /** What is to change in the owner's text. */
  readonly edits: readonly JsonEdit[];
  readonly conflicts: readonly KeyConflict[];
}

const NOTHING: MergedValues = { edits: [], conflicts: [] };

/** Merges two objects by their keys, at any depth. */
export function mergeObjects(
  at: JSONPath,
  [base, ours, theirs]: readonly [base: JsonObject, ours: JsonObject, theirs: JsonObject],
  compare: Compare,
): MergedValues {
  const keys = [...Object.keys(theirs), ...Object.keys(ours).filter((key) => !Object.hasOwn(theirs, key))];
  const merged = keys.map((key) => {
    const values = [memberOf(base, key), memberOf(ours, key), memberOf(theirs, key)] as const;
    const [was, is, becomes] = values;
    if (is === undefined) {
      const isNew = was === undefined && becomes !== undefined;
      return isNew ? change({ kind: 'add', at, key, value: becomes, order: Object.keys(theirs) }) : NOTHING;
    }
    return mergeValue([...at, key], [was, is, becomes], compare);
  });
  return together(merged);
}

/** The edits of what the template has by which no version is lower than the owner's. */
export function raise(at: JSONPath, ours: JsonObject, theirs: JsonObject, compare: Compare): readonly JsonEdit[] {
  return Object.entries(theirs).flatMap(([key, becomes]) => {
    const [is, place] = [memberOf(ours, key), [...at, key]];
    if (isObject(is) && isObject(becomes)) {
      return raise(place, is, becomes, compare);
    }
    const order = typeof is === 'string' && typeof becomes === 'string' ? compare(place, is, becomes) : undefined;
    return typeof order === 'number' && order > 0 ? [{ kind: 'set', at: place, value: is } as const] : [];
  });
}

type Three = readonly [base: unknown, ours: unknown, theirs: unknown];

function mergeValue(at: JSONPath, [base, ours, theirs]: Three, compare: Compare): MergedValues {
  if (isDeepStrictEqual(ours, theirs) || isDeepStrictEqual(base, theirs)) {
    return NOTHING;
  }
  const isUntouched = isDeepStrictEqual(base, ours);
  if (theirs === undefined) {
    return isUntouched ? change({ kind: 'remove', at }) : mergeRemoved(at, [base, ours], compare);
  }
  if (isObject(ours) && isObject(theirs)) {
    return mergeObjects(at, [isObject(base) ? base : {}, ours, theirs], compare);
  }
  if (typeof ours === 'string' && typeof theirs === 'string') {
    const order = compare(at, ours, theirs);
    if (typeof order === 'number' && (isUntouched ? order > 0 : order >= 0)) {
      return NOTHING;
    }
    if (typeof order === 'number') {
      return change({ kind: 'set', at, value: theirs });
    }
  }
  if (isUntouched) {
    return change({ kind: 'set', at, value: theirs });
  }
  if (isSet(ours) && isSet(theirs) && (base === undefined || isSet(base))) {
    return mergeSets(at, [base ?? [], ours, theirs]);
  }
  return { edits: [], conflicts: [{ at, theirs }] };
}

/** What the template removed and the owner changed: of an object goes what was left as it was. */
function mergeRemoved(at: JSONPath, [base, ours]: readonly [unknown, unknown], compare: Compare): MergedValues {
  if (isObject(base) && isObject(ours)) {
    const merged = mergeObjects(at, [base, ours, {}], compare);
    const removed = merged.edits.filter(({ kind, at: { length } }) => kind === 'remove' && length === at.length + 1);
    return removed.length === Object.keys(ours).length ? change({ kind: 'remove', at }) : merged;
  }
  // A library that the owner raised: whether it is still needed is theirs to say, and it does no harm.
  const isVersion = typeof ours === 'string' && compare(at, ours, ours) !== 'no-version';
  return base === undefined || isVersion ? NOTHING : { edits: [], conflicts: [{ at, theirs: undefined }] };
}

function mergeSets(
  at: JSONPath,
  [base, ours, theirs]: readonly [readonly string[], readonly string[], readonly string[]],
): MergedValues {
  const dropped = base.filter((item) => ours.includes(item) && !theirs.includes(item));
  const added = theirs.filter((item) => !base.includes(item) && !ours.includes(item));
  return {
    edits: [
      ...dropped.map((item): JsonEdit => ({ kind: 'drop', at, item })),
      ...added.map((value): JsonEdit => ({ kind: 'add', at, key: undefined, value, order: theirs })),
    ],
    conflicts: [],
  };
}

function memberOf(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function change(edit: JsonEdit): MergedValues {
  return { edits: [edit], conflicts: [] };
}

function together(merged: readonly MergedValues[]): MergedValues {
  return {
    edits: merged.flatMap(({ edits }) => edits),
    conflicts: merged.flatMap(({ conflicts }) => conflicts),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is an array of strings, each once. */
function isSet(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length
  );
}
