/**
 * The URL of a path below a base URL.
 *
 * @param segments of the path, not yet encoded
 */
export function urlBelow(baseUrl: string, segments: string[]): string {
  return [baseUrl.replace(/\/+$/, ''), ...segments.map(encodeSegment)].join('/');
}

function encodeSegment(segment: string): string {
  if (['', '.', '..'].includes(segment)) {
    throw new TypeError(`'${segment}' would be another place than below the base URL`);
  }
  return encodeURIComponent(segment);
}
