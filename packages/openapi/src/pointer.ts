/** Segments of a place as a JSON pointer in a URL's fragment: `#/paths/~1pets/get`. */
export function pointerOf(segments: readonly string[]): string {
  return `#${segments.map((each) => `/${each.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}

/** The segments of a JSON pointer, or undefined for any other reference, `#name` for example. */
export function segmentsOf(pointer: string): readonly string[] | undefined {
  if (pointer === '#') {
    return [];
  }
  if (!pointer.startsWith('#/')) {
    return undefined;
  }
  try {
    const segments = pointer.slice(2).split('/').map(decodeURIComponent);
    return segments.map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return undefined;
  }
}

/** The value at a place; undefined where there is none. */
export function valueAt(root: unknown, segments: readonly string[]): unknown {
  let value = root;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and not an array. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
